import type { Card } from './people/card.js';
import { Reply } from './people/reply.js';

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
  /** The request failed with this JSON error code of Discord's (any, when none is named). */
  toBeRefused: async (received: Promise<unknown>, code?: number): Promise<Verdict> => {
    const given = await codeOf(received);
    const pass = given !== undefined && (code === undefined || given === code);
    const wanted = `be refused${code === undefined ? '' : ` with ${code}`}`;
    return {
      pass,
      message: () =>
        `Expected the request ${pass ? 'not ' : ''}to ${wanted}; it ${given === undefined ? 'went through' : `was with ${given}`}`,
    };
  },
};

function cardOf(received: Shown): Card {
  return received instanceof Reply ? received.message : received;
}

function verdict(pass: boolean, received: Shown, wanted: string): Verdict {
  return {
    pass,
    message: () => `Expected the message ${pass ? 'not ' : ''}to ${wanted}; it is:\n${cardOf(received).text}`,
  };
}

/** @throws whatever is no answer of Discord's */
async function codeOf(request: Promise<unknown>): Promise<number | undefined> {
  try {
    await request;
    return undefined;
  } catch (error) {
    const { code } = error as { code?: unknown };
    if (typeof code === 'number') return code;
    throw error;
  }
}
