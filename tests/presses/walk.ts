import type { Card, LocalDiscord, Member, Reply, Server } from 'local-discord';
import { expect } from 'vitest';
import { openRows } from '../../src/store/open-rows.js';
import { removed, type Stored } from '../../src/store/record.js';
import { type TestBot, troubles } from '../helpers/bot.js';
import type { ManualClock } from '../helpers/clock.js';

/** How everything is pressed: once, twice in the same instant, once while a stranger presses the same, or both of these. */
export type Manner = 'once' | 'twice' | 'beside' | 'both';

/** What anybody may press for themselves, and so does something when a stranger presses it, too. */
const forAnybody = /^(?:interview:(?:join|first|observe)|(?:night|next|review|stats|help|leaderboard):.*)$/;

interface Walked {
  readonly discord: LocalDiscord;
  readonly server: Server;
  readonly clock: ManualClock;
  readonly bot: TestBot;
}

interface Press {
  readonly on: Card;
  readonly customId: string;
  readonly by: Member;
}

/** Goes a way through the bot, pressing once or twice in the same instant, and notes what the world is like after it. */
export class Walk {
  scene: Walked;
  readonly manner: Manner;
  /** `feature:action` of everything that was pressed or handed in. */
  readonly routes = new Set<string>();
  readonly presses: Press[] = [];
  /** What was pressed, and what there was then. */
  readonly trace: { readonly after: string; readonly world: readonly string[] }[] = [];

  readonly #stranger: Member;

  constructor(scene: Walked, manner: Manner) {
    this.scene = scene;
    this.#stranger = scene.discord.member('Zoe', { server: scene.server });
    this.manner = manner;
  }

  /** Presses a button by its label, or one by its custom id. */
  async press(by: Member, on: Card | Reply, label: string): Promise<Reply> {
    const card = 'message' in on ? on.message : on;
    const customId = label.includes(':') ? label : (card.button(label).customId ?? '');
    this.presses.push({ on: card, customId, by });
    return this.#done(
      customId,
      () => by.pressId(card, customId),
      () => this.#stranger.pressId(card, customId),
    );
  }

  /** Chooses in the select whose custom id begins so. */
  async select(by: Member, on: Card | Reply, begins: string, value: string): Promise<Reply> {
    const card = 'message' in on ? on.message : on;
    const { customId = '' } = card.selects.find((one) => one.customId.startsWith(begins)) ?? {};
    return this.#done(customId, () => by.select(card, value, { customId }));
  }

  async submit(by: Member, form: Reply, values: Parameters<Member['submit']>[1]): Promise<Reply> {
    return this.#done(form.modal.customId, () => by.submit(form, values));
  }

  /** All that was pressed, once more, by who pressed it and by somebody else: every one is answered in words. */
  async again(other: Member): Promise<void> {
    for (const { on, customId, by } of this.presses)
      for (const member of [by, other])
        if (!on.deleted) requireAnswer(await member.pressId(on, customId), customId);
    await this.scene.clock.settle();
    expect(troubles(this.scene.bot)).toEqual([]);
  }

  async #done(
    customId: string,
    send: () => Promise<Reply>,
    bySomebody?: () => Promise<Reply>,
  ): Promise<Reply> {
    const { clock } = this.scene;
    const name = customId.split(':').slice(0, 2).join(':');
    this.routes.add(name);
    const isBeside = ['beside', 'both'].includes(this.manner) && bySomebody && !forAnybody.test(name);
    const beside = isBeside ? [bySomebody()] : [];
    const [first, ...others] = await Promise.all([
      send(),
      ...(['twice', 'both'].includes(this.manner) ? [send()] : []),
      ...beside,
    ]);
    for (const reply of [first, ...others]) requireAnswer(reply as Reply, customId);
    await clock.settle();
    this.trace.push({ after: name, world: await worldOf(this.scene) });
    return first as Reply;
  }
}

/** An answer that somebody can read: a form, words, or the card itself changed. */
function requireAnswer(reply: Reply, customId: string): void {
  expect([customId, reply.failed]).toEqual([customId, undefined]);
  if (reply.kind === 'modal') return;
  expect([customId, reply.text]).toEqual([customId, expect.stringMatching(/\p{L}/u)]);
  expect([customId, reply.text]).toEqual([
    customId,
    expect.not.stringMatching(/went wrong|could not be stored/),
  ]);
}

/**
 * The shape of all that is stored and of all that people see, without what differs from run to run: ids, texts, times,
 * and the note of who has used the bot.
 */
async function worldOf({ discord, bot }: Walked): Promise<string[]> {
  const rows = await openRows(bot.databaseUrl, 'look');
  const stored: string[] = [];
  for await (const page of rows.pages())
    for (const { key, value } of page.rows) {
      const entry: { readonly value?: Stored } = JSON.parse(value);
      // What was removed is tidied away some time later.
      if (entry.value?.v !== removed.v) stored.push(`${nameless(key)} ${JSON.stringify(shapeOf(entry))}`);
    }
  await rows.close();
  const told = stored.filter((row) => !/^(?:here|people):/.test(row));
  const seen = [...discord.world.channels.values()].map(({ type, deleted, messages }) => {
    const open = [...messages.values()].filter(({ visibleTo }) => !visibleTo);
    return `channel ${type} ${deleted} ${open.length}`;
  });
  return [...told.sort(), ...seen.sort()];
}

const nameless = (text: string): string => text.replaceAll(/\d{10,}|[0-9a-f]{8,}/g, '#');

function shapeOf(value: unknown): unknown {
  if (typeof value === 'string') return '';
  if (typeof value === 'number') return value > 1e9 ? 'time' : value;
  // Orders of options: they differ from draw to draw.
  if (Array.isArray(value))
    return value.some((one) => typeof one === 'number') ? 'numbers' : value.map(shapeOf);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, inside]) => [nameless(key), shapeOf(inside)] as const);
  return entries.map(([key, inside]) => `${key}=${JSON.stringify(inside)}`).sort();
}
