import { randomUUID } from 'node:crypto';
import type { Reply } from 'local-discord';

const mostForms = 20;

/** A page's forms that were opened and neither sent nor closed; of too many, the oldest go. */
export class OpenForms {
  readonly #forms = new Map<string, Reply>();

  /** @param reply which opened the form. @returns by what the page names it */
  open(reply: Reply): string {
    const formId = randomUUID();
    this.#forms.set(formId, reply);
    for (const old of this.#forms.keys()) if (this.#forms.size > mostForms) this.close(old);
    return formId;
  }

  get(formId: string): Reply | undefined {
    return this.#forms.get(formId);
  }

  close(formId: string): void {
    this.#forms.delete(formId);
  }
}
