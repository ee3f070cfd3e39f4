import { html, nothing, type TemplateResult } from 'lit';
import { type ComponentJson, ComponentType } from 'local-discord/client';
import { type MarkdownContext, markdown } from './markdown.js';
import type { OpenForm } from './model.js';

export type Values = Record<string, string | boolean | string[]>;

export interface FormContext extends MarkdownContext {
  readonly onSubmit: (open: OpenForm, values: Values) => void;
  readonly onClose: () => void;
}

/** A form that the bot opened (Discord calls it a modal). */
export function formDialog(open: OpenForm, context: FormContext): TemplateResult {
  const { form } = open;
  const fields = form.components.map((top) => field(top, context));
  const send = (event: SubmitEvent): void => {
    event.preventDefault();
    context.onSubmit(open, valuesOf(event.currentTarget as HTMLFormElement, form.components));
  };
  return html`<dialog class="form" aria-labelledby="form-title" @close=${context.onClose} @cancel=${context.onClose}>
    <form @submit=${send}>
      <header><h2 id="form-title">${form.title}</h2>
        <button type="button" class="icon" aria-label="Close" @click=${context.onClose}>✕</button></header>
      <div class="fields">${fields}</div>
      ${open.fault ? html`<p class="fault" role="alert">${open.fault}</p>` : nothing}
      <footer>
        <button type="button" class="button secondary" @click=${context.onClose}>Cancel</button>
        <button type="submit" class="button primary" ?disabled=${open.sending}>Submit</button>
      </footer>
    </form>
  </dialog>`;
}

/** To be called once it is drawn: a dialog can only be opened in the document. */
export function showForm(root: ParentNode): void {
  const dialog = root.querySelector<HTMLDialogElement>('dialog.form');
  if (!dialog || dialog.open) return;
  dialog.showModal();
  dialog.querySelector<HTMLElement>('.fields input, .fields textarea, .fields select')?.focus();
}

/** To be called while it is drawn: closed by itself, it gives the focus back to whatever had it before. */
export function closeForm(root: ParentNode): void {
  root.querySelector<HTMLDialogElement>('dialog.form')?.close();
}

function field(top: ComponentJson, context: MarkdownContext): TemplateResult {
  if (top.type === ComponentType.textDisplay)
    return html`<div class="markdown">${markdown(top.content ?? '', context)}</div>`;
  const inner = top.component ?? top.components?.[0];
  if (!inner) return html``;
  const label = top.label ?? inner.label ?? '';
  return input(inner, label, top.description ?? '');
}

const requiredByDefault = (field: ComponentJson): boolean =>
  field.required ?? field.type !== ComponentType.checkbox;

function input(each: ComponentJson, label: string, description: string): TemplateResult {
  const name = each.custom_id ?? '';
  const required = requiredByDefault(each);
  const words = html`<span class="label">${label}${required ? html`<span class="star" aria-hidden="true"> *</span>` : nothing}</span>
    ${description ? html`<small>${description}</small>` : nothing}`;
  switch (each.type) {
    case ComponentType.textInput: {
      const common = {
        name,
        max: each.max_length ?? 4000,
        min: each.min_length ?? 0,
        placeholder: each.placeholder ?? '',
      };
      return html`<label class="field">${words}${
        each.style === 2
          ? html`<textarea name=${name} rows="5" ?required=${required} minlength=${common.min} maxlength=${common.max} placeholder=${common.placeholder} .value=${each.value ?? ''}></textarea>`
          : html`<input type="text" autocomplete="off" name=${name} ?required=${required} minlength=${common.min} maxlength=${common.max} placeholder=${common.placeholder} .value=${each.value ?? ''}>`
      }</label>`;
    }
    case ComponentType.checkbox:
      return html`<label class="tick"><input type="checkbox" name=${name} ?checked=${each.default ?? false}><span>${words}</span></label>`;
    case ComponentType.stringSelect:
      if ((each.max_values ?? 1) === 1)
        return html`<label class="field">${words}<select name=${name} ?required=${required}>
          <option value="">${each.placeholder ?? 'Make a selection'}</option>
          ${each.options?.map((option) => html`<option value=${option.value} ?selected=${option.default ?? false}>${option.label}</option>`)}</select></label>`;
      return choices(each, words, 'checkbox', required);
    case ComponentType.radioGroup:
      return choices(each, words, 'radio', required);
    default:
      return choices(each, words, 'checkbox', required);
  }
}

function choices(
  each: ComponentJson,
  words: TemplateResult,
  type: 'radio' | 'checkbox',
  required: boolean,
): TemplateResult {
  return html`<fieldset class="field"><legend>${words}</legend>
    ${each.options?.map(
      (
        option,
      ) => html`<label class="tick"><input type=${type} name=${each.custom_id ?? ''} value=${option.value} ?required=${type === 'radio' && required} ?checked=${option.default ?? false}>
        <span>${option.label}${option.description ? html`<small>${option.description}</small>` : nothing}</span></label>`,
    )}</fieldset>`;
}

function valuesOf(form: HTMLFormElement, components: readonly ComponentJson[]): Values {
  const data = new FormData(form);
  const values: Values = {};
  for (const top of components) {
    const each = top.component ?? top.components?.[0];
    if (!each?.custom_id) continue;
    const all = data.getAll(each.custom_id).map(String);
    switch (each.type) {
      case ComponentType.textInput:
        values[each.custom_id] = all[0] ?? '';
        break;
      case ComponentType.checkbox:
        values[each.custom_id] = all.length > 0;
        break;
      case ComponentType.radioGroup:
        if (all[0] !== undefined) values[each.custom_id] = all[0];
        break;
      default:
        values[each.custom_id] = all.filter((value) => value !== '');
    }
  }
  return values;
}
