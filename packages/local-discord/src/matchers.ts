import type { Card } from './people/card.js';
import { Reply } from './people/reply.js';
import { Refused } from './people/slash.js';

/** What a matcher gives back to vitest or jest. */
export interface Verdict {
  readonly pass: boolean;
  message(): string;
}

type Shown = Card | Reply;

/** For `expect.extend(matchers)` of vitest or jest, and for `assert(matchers.toShow(card, 'Hello').pass)`. */
export const matchers = {
  /** Only one person sees it. */
  toBeEphemeral: (received: Shown): Verdict => verdict(cardOf(received).ephemeral, received, 'be ephemeral'),
  /** Its text contains, or fits, this. */
  toShow: (received: Shown, text: string | RegExp): Verdict => {
    const { text: shown } = cardOf(received);
    const pass = typeof text === 'string' ? shown.includes(text) : text.test(shown);
    return verdict(pass, received, `show ${text}`);
  },
  /** It pings neither people nor roles nor everyone. */
  toPingNobody: (received: Shown): Verdict => {
    const { everyone, users, roles } = cardOf(received).pings;
    return verdict(!everyone && users.length + roles.length === 0, received, 'ping nobody');
  },
  /** It has a button of this label or custom id that can be pressed. */
  toHaveButton: (received: Shown, button: string): Verdict => {
    const found = cardOf(received).buttons.some(
      ({ label, customId, disabled }) => !disabled && (label === button || customId === button),
    );
    return verdict(found, received, `have a button "${button}"`);
  },
  /**
   * The request failed with this JSON error code of Discord's, or a client did not let somebody do it, in words like
   * these (any, when none are named). Takes the promise, or after `rejects` what it failed with.
   */
  toBeRefused: async (received: unknown, reason?: number | string | RegExp): Promise<Verdict> => {
    const given = await refusalOf(received);
    const pass = given !== undefined && fits(given, reason);
    const wanted = `be refused${reason === undefined ? '' : ` with ${reason}`}`;
    return {
      pass,
      message: () =>
        `Expected the request ${pass ? 'not ' : ''}to ${wanted}; it ${given === undefined ? 'went through' : `was with ${given}`}`,
    };
  },
};

/** What `expect` can say with the matchers; `import 'local-discord/vitest'` tells vitest so. */
export interface Matchers<T> {
  toBeEphemeral(): T extends Promise<unknown> ? Promise<void> : void;
  toShow(text: string | RegExp): T extends Promise<unknown> ? Promise<void> : void;
  toPingNobody(): T extends Promise<unknown> ? Promise<void> : void;
  toHaveButton(button: string): T extends Promise<unknown> ? Promise<void> : void;
  toBeRefused(reason?: number | string | RegExp): Promise<void>;
}

function cardOf(received: Shown): Card {
  return received instanceof Reply ? received.message : received;
}

function verdict(pass: boolean, received: Shown, wanted: string): Verdict {
  return {
    pass,
    message: () => `Expected the message ${pass ? 'not ' : ''}to ${wanted}; it is:\n${cardOf(received).text}`,
  };
}

type Refusal = number | string;

/** @throws whatever is neither an answer of Discord's nor a client's refusal */
async function refusalOf(received: unknown): Promise<Refusal | undefined> {
  try {
    const value = await received;
    return value instanceof Error ? reasonOf(value) : undefined;
  } catch (error) {
    return reasonOf(error);
  }
}

function reasonOf(error: unknown): Refusal {
  const { code } = error as { code?: unknown };
  if (typeof code === 'number') return code;
  if (error instanceof Refused) return error.message;
  throw error;
}

function fits(given: Refusal, reason: number | string | RegExp | undefined): boolean {
  if (reason === undefined) return true;
  if (typeof reason === 'number') return given === reason;
  return typeof reason === 'string' ? String(given).includes(reason) : reason.test(String(given));
}
