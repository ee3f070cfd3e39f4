import { fileURLToPath } from 'node:url';
import type { Card, Channel, Member, Reply, Server } from 'local-discord';
import { bankIn } from '../helpers/banks.js';
import { startTheBot, type TestBot, type TestBotOptions } from '../helpers/bot.js';
import { ManualClock } from '../helpers/clock.js';
import { startDiscord } from '../helpers/discord.js';

/** Three open questions with all that an interview needs, one without, and some of other kinds. */
export const talks = fileURLToPath(new URL('../fixtures/interview', import.meta.url));

const invited = [
  'ViewChannel',
  'SendMessages',
  'SendMessagesInThreads',
  'EmbedLinks',
  'AttachFiles',
  'ReadMessageHistory',
] as const;
export const threadRights = {
  secret: [...invited, 'CreatePrivateThreads', 'CreatePublicThreads'],
  public: [...invited, 'CreatePublicThreads'],
  none: invited,
} as const;

const names = ['Ada', 'Ben', 'Cyd', 'Dee', 'Eli', 'Fay', 'Gus', 'Hal', 'Ivy'] as const;

export interface SceneOptions extends Pick<TestBotOptions, 'open'> {
  readonly people?: number;
  readonly rights?: keyof typeof threadRights;
  /** The folder of the bank. */
  readonly questions?: string;
}

/** A server with so many people, the bot in it, and time moved by hand. */
export async function interviewScene({
  people = 3,
  rights = 'secret',
  open,
  questions = talks,
}: SceneOptions = {}) {
  const clock = new ManualClock('2026-03-04T12:00:00Z');
  const discord = await startDiscord({ clock });
  const server = discord.server('Study group', {
    channels: ['drills', 'lounge'],
    botPermissions: threadRights[rights],
  });
  takeThreads(server, rights);
  const members = names.slice(0, people).map((name) => discord.member(name, { server }));
  const drills = server.channel('drills');
  const bank = bankIn(questions);
  const start = (databaseUrl?: string) =>
    startTheBot(discord, {
      clock,
      env: { QUESTIONS_DIR: questions },
      bank,
      ...(databaseUrl && { databaseUrl }),
      ...(open && { open }),
    });
  let bot = await start();
  let stopSettling = clock.settleWith(() => bot.app.idle());
  return {
    clock,
    discord,
    server,
    members,
    drills,
    get bot(): TestBot {
      return bot;
    },
    /** Ends the process and starts it again on the same data. */
    async restart(whileDown = () => {}) {
      stopSettling();
      await bot.stop();
      whileDown();
      bot = await start(bot.databaseUrl);
      stopSettling = clock.settleWith(() => bot.app.idle());
      await clock.settle();
    },
  };
}

export type InterviewScene = Awaited<ReturnType<typeof interviewScene>>;

/** What `@everyone` may is the bot's too. */
function takeThreads(server: Server, rights: keyof typeof threadRights): void {
  const everyone = server.state.roles.get(server.id);
  if (!everyone || rights === 'secret') return;
  const off = rights === 'none' ? (1n << 35n) | (1n << 36n) : 1n << 36n;
  everyone.permissions &= ~off;
}

/** The thread of the interview, or the channel where it has none. */
export function roomOf({ server, drills }: Pick<InterviewScene, 'server' | 'drills'>): Channel {
  return server.channels.findLast(({ state }) => state.thread !== undefined) ?? drills;
}

const isOpen = ({ buttons }: Card, label: string): boolean =>
  buttons.some((button) => button.label === label && !button.disabled);

/** The newest message with such a button. */
export function cardWith(channel: Channel, label: string): Card {
  const found = channel.messages.findLast((card) => isOpen(card, label));
  if (!found) {
    const texts = channel.messages.map(({ text, buttons }) => `${text} [${buttons.map((one) => one.label)}]`);
    throw new Error(`No card with ${label} in:\n${texts.join('\n---\n')}`);
  }
  return found;
}

/** Opens an interview by the first member; the others join; it begins. */
export async function begun(
  scene: Pick<InterviewScene, 'members' | 'clock'>,
  options = '',
  joining = scene.members.length,
): Promise<void> {
  const { members, clock } = scene;
  const [host, ...others] = members.slice(0, joining) as [Member, ...Member[]];
  const lobby = (await host.slash(`/interview start ${options}`)).message;
  for (const member of others) await member.press(lobby, 'Join');
  await host.press(lobby, 'Start now');
  await clock.settle();
}

/** Who is what on the newest card of roles, by member. */
export function rolesIn(scene: Pick<InterviewScene, 'members' | 'server' | 'drills'>): {
  candidate: Member;
  interviewer: Member;
} {
  const card = roomOf(scene).messages.findLast(({ text }) => text.includes('**Candidate**'));
  const idOf = (role: string): string =>
    new RegExp(`\\*\\*${role}\\*\\* <@(\\d+)>`).exec(card?.text ?? '')?.[1] ?? '';
  const of = (role: string): Member => {
    const found = scene.members.find(({ id }) => id === idOf(role));
    if (!found) throw new Error(`Nobody is ${role} in:\n${card?.text}`);
    return found;
  };
  return { candidate: of('Candidate'), interviewer: of('Interviewer') };
}

export interface Sheet {
  readonly points?: readonly string[];
  readonly strength?: string;
  readonly next?: string;
  readonly mark?: number;
}

/** Presses `Feedback` (or `Rate`) and fills in the first page. */
export async function tick(member: Member, room: Channel, sheet: Sheet, label = 'Feedback'): Promise<Reply> {
  const form = await member.press(cardWith(room, label), label);
  return member.submit(form, {
    points: [...(sheet.points ?? [])],
    strength: sheet.strength ?? '',
    next: sheet.next ?? '',
  });
}

/** Both pages. */
export async function handIn(member: Member, room: Channel, sheet: Sheet = {}): Promise<Reply> {
  const first = await tick(member, room, sheet);
  const marks = await member.press(first, 'Marks');
  const mark = String(sheet.mark ?? 3);
  return member.submit(marks, {
    knowledge: mark,
    reasoning: mark,
    communication: mark,
    tradeOffs: mark,
  });
}
