import { codePoints } from '../checks/code-points.js';
import type { ModalJson } from '../interaction.js';
import { type ComponentJson, ComponentType } from '../json.js';
import type { LooseFile } from '../messages.js';
import { numbered } from '../presented.js';
import { Refused } from './slash.js';

/** One field of a form as its reader sees it. */
export interface FieldView {
  readonly customId: string;
  readonly label: string;
  readonly description: string;
  readonly type: number;
  readonly required: boolean;
  readonly value: string;
  readonly placeholder: string;
  readonly options: readonly { label: string; value: string; default: boolean }[];
  readonly minLength: number;
  readonly maxLength: number;
  readonly channelTypes: readonly number[];
}

/** A form (modal) that has opened. */
export class Form {
  readonly customId: string;
  readonly title: string;
  readonly fields: readonly FieldView[];
  /** Text between the fields. */
  readonly text: string;

  readonly json: ModalJson;

  constructor(json: ModalJson) {
    this.json = json;

    this.customId = json.custom_id;
    this.title = json.title;
    this.fields = json.components.flatMap(fieldsOf);
    this.text = json.components
      .flatMap((component) => (component.type === ComponentType.textDisplay ? (component.content ?? '') : []))
      .join('\n');
  }
}

/** A file that somebody puts into a form. */
export type FormFile = LooseFile;

/**
 * What is put in: text, an option's value or label, the name of somebody or something, several of them, a tick, or
 * files. By custom id or label of the field.
 */
export type FormValues = Readonly<Record<string, string | boolean | readonly string[] | readonly FormFile[]>>;

/** What a client has at hand to fill in a form. */
export interface FormTools {
  /** Chooses people, roles or channels. */
  pick(
    field: FieldView & { readonly name: string },
    wanted: readonly string[],
  ): { values: string[]; resolved?: object };
  upload(files: readonly FormFile[]): { values: string[]; resolved: object };
}

function fieldsOf(top: ComponentJson): FieldView[] {
  if (top.type === ComponentType.label && top.component) return [fieldView(top.component, top)];
  return (top.components ?? []).map((component) => fieldView(component, component));
}

function fieldView(field: ComponentJson, labelled: ComponentJson): FieldView {
  return {
    customId: field.custom_id ?? '',
    label: labelled.label ?? '',
    description: labelled.description ?? '',
    type: field.type,
    required: field.required ?? field.type !== ComponentType.checkbox,
    value: field.value ?? '',
    placeholder: field.placeholder ?? '',
    options: (field.options ?? []).map(({ label, value, default: chosen }) => ({
      label,
      value,
      default: chosen ?? false,
    })),
    minLength: field.min_length ?? 0,
    maxLength: field.max_length ?? 4000,
    channelTypes: field.channel_types ?? [],
  };
}

/**
 * The `data` of a submission, with the checks that Discord's client makes.
 * @throws Refused for a value that does not fit its field, and for a field that there is none of
 */
export function fillForm(form: Form, values: FormValues, tools: FormTools): Record<string, unknown> {
  const resolved: Record<string, object> = {};
  for (const key of Object.keys(values)) {
    if (!form.fields.some(({ customId, label }) => customId === key || label === key)) {
      const there = form.fields.map(({ label }) => label).join(', ');
      throw new Refused(`The form has no field "${key}"; it has ${there}`);
    }
  }
  const fill = (component: ComponentJson, label: ComponentJson): Record<string, unknown> => {
    const view = fieldView(component, label);
    const given = values[view.customId] ?? values[view.label];
    const { resolved: found, ...value } = fieldValue(view, component, given, tools);
    for (const [kind, each] of Object.entries(found ?? {})) resolved[kind] = { ...resolved[kind], ...each };
    return { type: component.type, id: component.id, custom_id: view.customId, ...value };
  };
  const components = numbered(form.json.components).map((top) => {
    const common = { type: top.type, id: top.id };
    if (top.component) return { ...common, component: fill(top.component, top) };
    if (top.components) return { ...common, components: top.components.map((inner) => fill(inner, inner)) };
    return common;
  });
  return {
    custom_id: form.customId,
    components,
    ...(Object.keys(resolved).length > 0 && { resolved }),
  };
}

type Given = FormValues[string] | undefined;

function fieldValue(
  view: FieldView,
  component: ComponentJson,
  given: Given,
  tools: FormTools,
): { resolved?: object; [field: string]: unknown } {
  switch (view.type) {
    case ComponentType.textInput:
      return { value: textValue(view, given) };
    case ComponentType.radioGroup: {
      const [value = null] = chosen(view, given);
      if (view.required && value === null) throw new Refused(`${view.label}: choose one`);
      return { value };
    }
    case ComponentType.checkbox:
      return { value: given === undefined ? (component.default ?? false) : given === true };
    case ComponentType.checkboxGroup:
    case ComponentType.stringSelect: {
      const selected = chosen(view, given);
      const fallbackMax = view.type === ComponentType.stringSelect ? 1 : view.options.length;
      checkCount(
        view,
        selected.length,
        component.min_values ?? (view.required ? 1 : 0),
        component.max_values ?? fallbackMax,
      );
      return { values: selected };
    }
    case ComponentType.fileUpload: {
      const files = Array.isArray(given) ? (given as readonly FormFile[]) : [];
      checkCount(
        view,
        files.length,
        component.min_values ?? (view.required ? 1 : 0),
        component.max_values ?? 1,
      );
      return tools.upload(files);
    }
    default: {
      const wanted = Array.isArray(given) ? given.map(String) : given === undefined ? [] : [String(given)];
      checkCount(
        view,
        wanted.length,
        component.min_values ?? (view.required ? 1 : 0),
        component.max_values ?? 1,
      );
      return tools.pick({ ...view, name: view.label }, wanted);
    }
  }
}

function textValue(view: FieldView, given: Given): string {
  const value = given === undefined ? view.value : String(given);
  if (value === '' && view.required) throw new Refused(`${view.label}: This field is required`);
  if (value !== '' && codePoints(value) < view.minLength)
    throw new Refused(`${view.label}: at least ${view.minLength} characters`);
  if (codePoints(value) > view.maxLength)
    throw new Refused(`${view.label}: at most ${view.maxLength} characters`);
  return value;
}

function chosen(view: FieldView, given: Given): string[] {
  if (given === undefined) return view.options.filter((option) => option.default).map(({ value }) => value);
  const wanted = Array.isArray(given) ? (given as readonly string[]) : [String(given)];
  return wanted.map((name) => {
    const option = view.options.find(({ label, value }) => value === name || label === name);
    if (!option) throw new Refused(`${view.label}: there is no option "${name}"`);
    return option.value;
  });
}

function checkCount(view: FieldView, count: number, min: number, max: number): void {
  if (count === 0 && !view.required) return;
  if (count < min || count > max)
    throw new Refused(`${view.label}: choose between ${min} and ${max}, not ${count}`);
}
