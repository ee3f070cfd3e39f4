import { type ComponentJson, ComponentType, walkComponents } from '../json.js';
import { codePoints } from './code-points.js';
import { componentFaults } from './components.js';
import { type Add, limits, missing, type Path } from './figures.js';

export function modalFaults(components: readonly ComponentJson[], add: Add): void {
  if (components.length > limits.modalComponents) {
    add(
      ['data', 'components'],
      'BASE_TYPE_BAD_LENGTH',
      `Must be between 1 and ${limits.modalComponents} in length.`,
    );
  }
  const prefix = ['data'];
  componentFaults(components, (path, code, message) => add([...prefix, ...path], code, message));
  walkComponents(components, (component, path) => {
    const here = [...prefix, ...path];
    const inLabel = path.at(-1) === 'component';
    if (component.type === ComponentType.textInput) {
      if (!inLabel && !component.label) missing(add, [...here, 'label']);
      if (inLabel && component.label) {
        add([...here, 'label'], 'BASE_TYPE_INVALID', 'A text input in a label has no label of its own.');
      }
      textInputFaults(component, here, add);
    }
    if (component.min_values === 0 && component.required !== false) {
      add([...here, 'min_values'], 'BASE_TYPE_INVALID', 'What is required cannot be left out: at least 1.');
    }
    if (component.disabled)
      add([...here, 'disabled'], 'BASE_TYPE_INVALID', 'A form has no disabled components.');
  });
}

function textInputFaults(input: ComponentJson, path: Path, add: Add): void {
  const { min_length: min, max_length: max, value } = input;
  if (typeof min === 'number' && typeof max === 'number' && min > max) {
    add([...path, 'min_length'], 'TEXT_INPUT_MIN_LENGTH_TOO_LARGE', 'min_length cannot exceed max_length.');
  }
  if (value && typeof max === 'number' && codePoints(value) > max) {
    add([...path, 'value'], 'BASE_TYPE_MAX_LENGTH', `Must be ${max} or fewer in length.`);
  }
}
