/** Something in a question file that must be mended before the bank can be used. */
export interface Fault {
  /** The path as the bank's directory was given, e.g. `questions/django/queries.yaml`. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** From 1; absent where the whole line or what begins on it is meant. */
  readonly column?: number;
  readonly message: string;
  readonly remedy: string;
}

/** As compilers write it, so that editors and terminals lead to the place. */
export const faultText = ({ file, line, column, message, remedy }: Fault): string =>
  `${file}:${line}${column === undefined ? '' : `:${column}`}  ${message} → ${remedy}`;

/** By file and line. */
export const faultsInOrder = (faults: readonly Fault[]): Fault[] =>
  [...faults].sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : a.line - b.line));

/** The bank cannot be used; every fault that was found is in it. */
export class BankError extends Error {
  override readonly name = 'BankError';
  readonly faults: readonly Fault[];

  constructor(faults: readonly Fault[]) {
    const count = faults.length === 1 ? 'a fault' : `${faults.length} faults`;
    super(`The question bank has ${count}:\n${faults.map((fault) => `  ${faultText(fault)}`).join('\n')}`);
    this.faults = faults;
  }
}

/** Where in a file's data a fault is; `key` names a key of that place instead of its value. */
export interface FaultPlace {
  readonly path: readonly PropertyKey[];
  readonly key?: string;
}

export interface PlacedFault extends FaultPlace {
  readonly message: string;
  readonly remedy: string;
}
