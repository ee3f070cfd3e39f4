import { ApiError, type Fault, faultLine } from './errors.js';
import type { Call } from './rest/call.js';

/** A body that Discord would have refused as malformed. */
export interface Violation {
  readonly method: string;
  readonly path: string;
  readonly faults: readonly Fault[];
  readonly body: unknown;
}

/** What went wrong and no test may overlook. A test that means one of them takes it out of its list. */
export class Findings {
  readonly violations: Violation[] = [];
  /** Requests that no route was found for. */
  readonly unknownRoutes: string[] = [];
  /** Answers of 401, 403 and 404 that Discord has a code for: a bot rarely means to get one. */
  readonly refusals: string[] = [];
  /** Faults of this server itself: bugs of it, not of the bot. */
  readonly internalErrors: unknown[] = [];

  /** All of it in words. */
  get problems(): string[] {
    return [
      ...this.violations.map((violation) => `A body was refused: ${violationText(violation)}`),
      ...this.unknownRoutes.map((route) => `No such route: ${route}`),
      ...this.refusals.map((refusal) => `Refused: ${refusal}`),
      ...this.internalErrors.map((error) => `local-discord itself failed: ${error}`),
    ];
  }

  note(error: unknown, { method, path, body }: Call): void {
    if (!(error instanceof ApiError)) {
      this.internalErrors.push(error);
      return;
    }
    const { status, code, message, faults } = error;
    if ([401, 403, 404].includes(status) && code !== 0)
      this.refusals.push(`${method} ${path}: ${status}, ${code} ${message}`);
    if (isViolation(error)) this.violations.push({ method, path, faults, body });
    if ((status === 404 || status === 405) && code === 0) this.unknownRoutes.push(`${method} ${path}`);
  }
}

function isViolation({ code }: ApiError): boolean {
  return [50006, 50035, 50109, 40005].includes(code);
}

/** A violation in words, for a test's failure. */
export function violationText({ method, path, faults }: Violation): string {
  return `${method} ${path}\n${faults.map((fault) => `  ${faultLine(fault)}`).join('\n')}`;
}
