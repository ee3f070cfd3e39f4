import { isEmoji } from '../emoji.js';
import { type ComponentJson, ComponentType, walkComponents } from '../json.js';
import { type Add, limits, missing, type Path } from './figures.js';
import { urlFault } from './urls.js';

const buttonStyle = { link: 5, premium: 6 } as const;
/** What Discord itself writes on a premium button, or has no use for. */
const besidePremium = ['label', 'emoji', 'custom_id', 'url'] as const;

/** What holds for components wherever they are, in messages and in forms. */
export function componentFaults(components: readonly ComponentJson[], add: Add): void {
  const customIds = new Set<string>();
  const numericIds = new Set<number>();
  walkComponents(components, (component, path) => {
    if (component.custom_id) {
      if (customIds.has(component.custom_id)) {
        add(
          [...path, 'custom_id'],
          'COMPONENT_CUSTOM_ID_DUPLICATED',
          'Component custom id cannot be duplicated',
        );
      }
      customIds.add(component.custom_id);
    }
    if (component.id) {
      if (numericIds.has(component.id)) {
        add([...path, 'id'], 'COMPONENT_ID_DUPLICATED', 'Component id cannot be duplicated');
      }
      numericIds.add(component.id);
    }
    if (component.type === ComponentType.button) buttonFaults(component, path, add);
    if (component.type === ComponentType.actionRow) rowFaults(component, path, add);
    if (component.type === ComponentType.separator) return;
    selectFaults(component, path, add);
  });
}

function buttonFaults(button: ComponentJson, path: Path, add: Add): void {
  const link = button.style === buttonStyle.link;
  const premium = button.style === buttonStyle.premium;
  if (link) {
    if (!button.url) missing(add, [...path, 'url']);
    else {
      const fault = urlFault(button.url, ['http', 'https', 'discord']);
      if (fault) add([...path, 'url'], ...fault);
    }
    if (button.custom_id) {
      add(
        [...path, 'custom_id'],
        'BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE',
        'A custom id and url cannot both be specified',
      );
    }
  } else if (premium) {
    if (!button.sku_id) missing(add, [...path, 'sku_id']);
    for (const field of besidePremium) {
      if (button[field])
        add([...path, field], 'BASE_TYPE_INVALID', `A premium button has no ${field} of its own.`);
    }
  } else {
    if (!button.custom_id)
      add([...path, 'custom_id'], 'BUTTON_COMPONENT_CUSTOM_ID_REQUIRED', 'A custom id is required');
    if (button.url) {
      add(
        [...path, 'url'],
        'BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE',
        'A custom id and url cannot both be specified',
      );
    }
  }
  if (!premium && button.sku_id)
    add([...path, 'sku_id'], 'BASE_TYPE_INVALID', 'Only premium buttons sell something.');
  emojiFault(button.emoji, path, add);
  if (!premium && !button.label && !button.emoji) {
    add([...path, 'label'], 'BUTTON_COMPONENT_INVALID_LABEL', 'A button needs a label or an emoji.');
  }
}

function emojiFault(emoji: ComponentJson['emoji'], path: Path, add: Add): void {
  if (!emoji || (!emoji.id && isEmoji(emoji.name ?? ''))) return;
  add([...path, 'emoji', emoji.id ? 'id' : 'name'], 'BUTTON_COMPONENT_INVALID_EMOJI', 'Invalid emoji');
}

function rowFaults(row: ComponentJson, path: Path, add: Add): void {
  const children = row.components ?? [];
  const buttons = children.filter((child) => child.type === ComponentType.button).length;
  const others = children.length - buttons;
  if (buttons > limits.buttonsInRow) {
    add(
      [...path, 'components'],
      'BASE_TYPE_BAD_LENGTH',
      `Must be between 1 and ${limits.buttonsInRow} in length.`,
    );
  }
  if (others > 1 || (others === 1 && buttons > 0)) {
    add(
      [...path, 'components', 1],
      'COMPONENT_LAYOUT_WIDTH_EXCEEDED',
      'The specified component exceeds the maximum width',
    );
  }
}

function selectFaults(select: ComponentJson, path: Path, add: Add): void {
  const options = select.options ?? [];
  const seen = new Set<string>();
  options.forEach((option, index) => {
    if (seen.has(option.value)) {
      add(
        [...path, 'options', index],
        'COMPONENT_OPTION_VALUE_DUPLICATED',
        'The specified option value is already used',
      );
    }
    seen.add(option.value);
    emojiFault(option.emoji, [...path, 'options', index], add);
  });
  const { min_values: min, max_values: max } = select;
  // Of a message's select one may be chosen where nothing is said.
  const usual = select.type === ComponentType.checkboxGroup ? options.length : 1;
  if (typeof min === 'number' && min > (max ?? usual)) {
    add(
      [...path, 'min_values'],
      'SELECT_COMPONENT_MIN_VALUES_TOO_LARGE',
      'min_values cannot exceed max_values.',
    );
  }
  if (select.type === ComponentType.stringSelect && typeof max === 'number' && max > options.length) {
    add(
      [...path, 'max_values'],
      'SELECT_COMPONENT_MAX_VALUES_TOO_LARGE',
      'max_values cannot exceed the number of options.',
    );
  }
  const defaults = options.filter((option) => option.default).length;
  const most =
    select.type === ComponentType.radioGroup
      ? 1
      : (max ?? (select.type === ComponentType.stringSelect ? 1 : options.length));
  if (options.length > 0 && defaults > most) {
    add(
      [...path, 'options'],
      'COMPONENT_TOO_MANY_DEFAULT_VALUES',
      'The specified number of default values exceeds the specified maximum values',
      `At most ${most} options may be defaults.`,
    );
  }
  const chosen = select.default_values?.length ?? 0;
  if (chosen > 0 && (chosen < (min ?? 1) || chosen > (max ?? 1))) {
    add(
      [...path, 'default_values'],
      'SELECT_COMPONENT_INVALID_DEFAULT_VALUES',
      `Between ${min ?? 1} and ${max ?? 1} may be chosen beforehand.`,
    );
  }
}
