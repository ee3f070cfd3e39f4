import { LocalDiscord, type Member, snowflakeAt } from 'local-discord';
import type { Logger } from 'pino';
import { Classmates, type Knows, openQuizzes } from './web/classmates.js';
import { letDayPass, machineClock, type SandboxClock } from './web/days.js';
import { PageFiles } from './web/files.js';
import type { Helps } from './web/interview-mates.js';
import { keepIn, readKept, restore } from './web/keeping.js';
import { PageSite } from './web/site.js';
import { stateView } from './web/view.js';

export interface Sandbox {
  readonly discord: LocalDiscord;
  readonly token: string;
  /** For `DISCORD_API_URL`. */
  readonly apiUrl: string;
  /** Lets a day pass on the sandbox's clock, hour by hour. */
  letDayPass(): Promise<void>;
  close(): Promise<void>;
}

export interface SandboxOptions {
  readonly port: number;
  readonly log: Logger;
  /** Where its time comes from (default: the machine, and no day can be let pass). */
  readonly clock?: SandboxClock;
  /** The file that keeps messages, commands and the time from start to start; absent: nothing is kept. */
  readonly keepIn?: string;
  /** For the simulated classmates; absent: they guess. */
  readonly knows?: Knows;
  /** For the same in interviews; absent: they say something general. */
  readonly helps?: Helps;
  /** Resolves when the bot has nothing under way. */
  readonly settled?: () => Promise<unknown>;
  /** Erases everything that is kept and begins anew; absent: the page does not offer it. */
  readonly reset?: () => void;
  /** The body of a message that shows one question of the bank, for `?question=ID`. */
  readonly preview?: (id: string) => Promise<object | undefined>;
  /** Of the classmates; 0.1 is ten times as quick. */
  readonly pace?: number;
}

/** When the sandbox's server was founded: its ids stay the same from start to start, so stored scores fit. */
const foundedAt = Date.UTC(2026, 0, 1);
const lookAroundMs = 500;

const otherPlayers = ['Grace', 'Linus', 'Margaret'];
const classmates = [
  { name: 'Barbara', skill: 0.85, slowness: 1 },
  { name: 'Dennis', skill: 0.6, slowness: 0.7 },
  { name: 'Radia', skill: 0.4, slowness: 1.2 },
];

/**
 * Starts the Discord that the bot logs in to when no token is configured, with a server, an admin, a few more
 * people and simulated classmates in it, and a page on the same port to be one of them. Loopback only. Rejects
 * when the port is taken.
 */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const { log, clock = machineClock(Date.now), settled = async () => {} } = options;
  const kept = options.keepIn === undefined ? undefined : readKept(options.keepIn);
  if (kept) clock.shift(kept.aheadMs - clock.aheadMs);
  let founding = true;
  let dayPassing: Promise<void> | undefined;
  const discord = await LocalDiscord.start({
    port: options.port,
    botName: 'Interview Drills',
    now: () => (founding ? foundedAt : clock.now()),
    // A bot registers its commands once for its id: a sandbox that has forgotten them has another bot.
    ...(options.keepIn !== undefined && {
      botId: kept?.commands.length ? kept.botId : snowflakeAt(clock.now()),
    }),
    site: {
      request: (request, response) => site.request(request, response),
      upgrade: (request, socket, head) => site.upgrade(request, socket, head),
    },
  });
  const { players, simulated } = found(discord);
  founding = false;
  if (kept) restore(discord, kept);

  const company = new Classmates({
    discord,
    all: simulated,
    knows: options.knows,
    helps: options.helps,
    pace: options.pace,
    onFault: (error) => log.warn({ err: error }, 'A classmate could not do what she wanted'),
  });
  const place = { discord, players, classmates: simulated.map(({ member }) => member) };
  const keeping =
    options.keepIn === undefined
      ? undefined
      : keepIn({
          file: options.keepIn,
          discord,
          clock,
          isPlayer: (id) => players.some((player) => player.id === id),
          classmatesHere: () => company.here,
          onFault: (error) =>
            log.warn(
              { err: error },
              'The sandbox could not be written: its messages are gone after a restart',
            ),
        });
  const changed = (): void => {
    site.refresh();
    keeping?.changed();
  };
  const passDay = (): Promise<void> => {
    dayPassing ??= letDayPass(clock, settled, changed).finally(() => {
      dayPassing = undefined;
      changed();
    });
    return dayPassing;
  };
  const site = new PageSite(new PageFiles(), (name) => playerNamed(players, name), {
    state: (me) =>
      stateView(place, me, {
        classmatesHere: company.here,
        aheadMs: clock.aheadMs,
        dayPassing: dayPassing !== undefined,
        mayReset: options.reset !== undefined,
      }),
    now: () => clock.now(),
    letDayPass: passDay,
    somethingUnderWay: () => openQuizzes(discord).length > 0,
    reset: () => options.reset?.(),
    preview: (member, id) => showPreview(discord, member, id, options.preview),
    classmates: async (here) => {
      await company.set(here);
      changed();
    },
    onStale: (customId) => log.info({ customId }, 'A press on what an edit had just taken away'),
    onFault: (error) => log.warn({ err: error }, 'Something that the page asked for could not be done'),
  });
  if (kept?.classmates === false) await company.set(false);
  discord.world.messageChanged.on((change) => site.changed(change));
  discord.gateway.loggedIn.on(() => site.refresh());
  discord.gateway.disconnected.on(() => site.refresh());
  // Commands, permissions and channels say nothing when they change.
  const looking = setInterval(() => changedCommands(), lookAroundMs);
  looking.unref();
  let writes = discord.commandWrites.length;
  function changedCommands(): void {
    site.refresh();
    if (discord.commandWrites.length === writes) return;
    writes = discord.commandWrites.length;
    keeping?.changed();
  }

  const page = `http://localhost:${discord.port}/`;
  log.info(
    { page, apiUrl: discord.apiUrl },
    `Use the bot at ${page}: a small Discord on this machine, for trying it out.`,
  );
  log.info('To run it on a real server, set DISCORD_TOKEN; the README says how to get one.');
  return {
    discord,
    token: discord.token,
    apiUrl: discord.apiUrl,
    letDayPass: passDay,
    async close() {
      clearInterval(looking);
      company.close();
      site.close();
      await keeping?.close();
      await discord.close();
    },
  };
}

/** The order matters: ids are counted through. */
function found(discord: LocalDiscord) {
  const server = discord.server('Study group', { channels: ['general', 'drills', 'daily'] });
  const ada = discord.member('Ada', { server, permissions: ['ManageGuild', 'ManageMessages'] });
  const players = [ada, ...otherPlayers.map((name) => discord.member(name, { server }))];
  const simulated = classmates.map(({ name, ...traits }) => ({
    member: discord.member(name, { server }),
    ...traits,
  }));
  // Direct messages get their ids with the rest.
  for (const { dm } of players) dm.seenBy('');
  return { players, simulated };
}

/** Puts the question into the channel for drills, for this member alone. */
async function showPreview(
  discord: LocalDiscord,
  member: Member,
  id: string,
  preview: SandboxOptions['preview'],
): Promise<void> {
  const body = (await preview?.(id)) ?? {
    content: `No question has the id \`${id.slice(0, 80)}\`.`,
    flags: 64,
  };
  const channel = member.server.channel('drills').state;
  discord.messages.create({
    channel,
    authorId: discord.world.bot.id,
    body,
    uploads: [],
    visibleTo: member.id,
  });
}

function playerNamed(players: readonly Member[], name: string | null): Member {
  const [first] = players;
  const named = players.find((player) => player.name.toLowerCase() === name?.toLowerCase());
  if (!first) throw new Error('Nobody is in the sandbox');
  return named ?? first;
}
