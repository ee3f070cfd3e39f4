import { html, nothing, type TemplateResult } from 'lit';
import { type ComponentJson, ComponentType, type MessageJson, type OptionJson } from 'local-discord/client';
import { type MarkdownContext, markdown } from './markdown.js';
import { type Model, pressKey } from './model.js';
import { local, picture } from './pictures.js';

/** Discord's message components: https://docs.discord.com/developers/components/reference */
export interface ComponentContext extends MarkdownContext {
  readonly model: Model;
  readonly onPress: (message: MessageJson, customId: string) => void;
  readonly onSelect: (message: MessageJson, customId: string, values: readonly string[]) => void;
}

type Drawn = TemplateResult | typeof nothing;

export function components(
  all: readonly ComponentJson[],
  message: MessageJson,
  context: ComponentContext,
): Drawn[] {
  return all.map((each) => component(each, message, context));
}

function component(each: ComponentJson, message: MessageJson, context: ComponentContext): Drawn {
  const inside = (): Drawn[] => components(each.components ?? [], message, context);
  switch (each.type) {
    case ComponentType.actionRow:
      return html`<div class="row">${inside()}</div>`;
    case ComponentType.button:
      return button(each, message, context);
    case ComponentType.stringSelect:
      return select(each, message, context);
    case ComponentType.userSelect:
    case ComponentType.roleSelect:
    case ComponentType.mentionableSelect:
    case ComponentType.channelSelect:
      return select({ ...each, options: optionsOf(each.type, context) }, message, context);
    case ComponentType.section:
      return html`<div class="section"><div>${inside()}</div>${each.accessory ? component(each.accessory, message, context) : nothing}</div>`;
    case ComponentType.textDisplay:
      return html`<div class="markdown">${markdown(each.content ?? '', context)}</div>`;
    case ComponentType.thumbnail:
      return each.media ? picture(each.media.url, each.description, 'thumbnail') : nothing;
    case ComponentType.mediaGallery:
      return html`<div class="gallery">${each.items?.map(({ media, description }) => picture(media.url, description))}</div>`;
    case ComponentType.file:
      return html`<a class="file" href=${local(each.file?.url ?? '')} download>${each.name ?? 'File'}</a>`;
    case ComponentType.separator:
      return each.divider === false
        ? html`<div class="space size-${each.spacing ?? 1}"></div>`
        : html`<hr class="size-${each.spacing ?? 1}">`;
    case ComponentType.container:
      return html`<div class="container" .style=${accent(each.accent_color)}>${inside()}</div>`;
    default:
      return html`<p class="subtext">This kind of component (${each.type}) is not shown in the sandbox.</p>`;
  }
}

const accent = (color: number | null | undefined): string =>
  color == null ? '' : `--accent: #${color.toString(16).padStart(6, '0')}`;

const buttonStyles = [undefined, 'primary', 'secondary', 'success', 'danger', 'link', 'premium'] as const;

function button(each: ComponentJson, message: MessageJson, context: ComponentContext): TemplateResult {
  const label = html`${each.emoji?.name ? html`<span>${each.emoji.name}</span>` : nothing}${each.label}`;
  if (each.url)
    return html`<a class="button secondary" href=${each.url} target="_blank" rel="noreferrer noopener">${label} ↗</a>`;
  const { custom_id: customId } = each;
  const waiting = context.model.pressed.has(pressKey(message, each));
  return html`<button
    type="button"
    class="button ${buttonStyles[each.style ?? 2] ?? 'secondary'} ${waiting ? 'waiting' : ''}"
    ?disabled=${each.disabled ?? false}
    aria-busy=${waiting ? 'true' : nothing}
    @click=${() => customId && !waiting && context.onPress(message, customId)}
  >${label}</button>`;
}

/** What there is to choose from in a select that names only a kind. */
function optionsOf(type: number, { state }: ComponentContext): OptionJson[] {
  const people = state?.people.filter(({ kind }) => kind !== 'other') ?? [];
  const channels = state?.channels.filter(({ direct }) => !direct) ?? [];
  const all =
    type === ComponentType.channelSelect
      ? channels
      : [
          ...(type === ComponentType.roleSelect ? [] : people),
          ...(type === ComponentType.userSelect ? [] : (state?.roles ?? [])),
        ];
  return all.map(({ id, name }) => ({ label: name, value: id }));
}

/** One choice is sent when it is made; several are ticked, then sent. */
function select(each: ComponentJson, message: MessageJson, context: ComponentContext): TemplateResult {
  const { options = [], placeholder } = each;
  const customId = each.custom_id ?? '';
  const label = placeholder ?? 'Make a selection';
  const min = each.min_values ?? 1;
  const max = Math.min(each.max_values ?? 1, options.length);
  if (max > 1) return several(each, message, context, { customId, label, min, max });
  const choose = ({ target }: Event): void => {
    const { value } = target as HTMLSelectElement;
    if (value !== '') context.onSelect(message, customId, [value]);
  };
  return html`<select class="select" aria-label=${label} ?disabled=${each.disabled ?? false} @change=${choose}>
    <option value="" ?selected=${!options.some((option) => option.default)}>${label}</option>
    ${options.map((option) => html`<option value=${option.value} ?selected=${option.default ?? false}>${option.label}${option.description ? ` – ${option.description}` : ''}</option>`)}
  </select>`;
}

function several(
  each: ComponentJson,
  message: MessageJson,
  context: ComponentContext,
  { customId, label, min, max }: { customId: string; label: string; min: number; max: number },
): TemplateResult {
  const ticked = (form: EventTarget | null): string[] =>
    new FormData(form as HTMLFormElement).getAll('value').map(String);
  const send = (event: SubmitEvent): void => {
    event.preventDefault();
    const values = ticked(event.currentTarget);
    if (values.length >= min && values.length <= max) context.onSelect(message, customId, values);
  };
  const range = min === max ? `${min}` : `${min} to ${max}`;
  return html`<form class="several" @submit=${send}>
    <fieldset ?disabled=${each.disabled ?? false}>
      <legend>${label} <span class="subtext">choose ${range}</span></legend>
      ${(each.options ?? []).map(
        (
          option,
        ) => html`<label class="tick"><input type="checkbox" name="value" value=${option.value} ?checked=${option.default ?? false}>
          <span>${option.label}${option.description ? html`<small>${option.description}</small>` : nothing}</span></label>`,
      )}
      <button class="button secondary" type="submit">Choose</button>
    </fieldset>
  </form>`;
}
