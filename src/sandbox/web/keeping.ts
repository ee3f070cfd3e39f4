import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { CommandJson, LocalDiscord, MessageJson } from 'local-discord';
import { z } from 'zod';
import type { SandboxClock } from './days.js';
import { keptThread, restoreThreads, threadsOf } from './kept-threads.js';

/** What of the sandbox is kept from start to start, as a bot expects of a Discord: messages, commands, the time. */
const kept = z.object({
  version: z.literal(1),
  botId: z.string().regex(/^\d+$/),
  aheadMs: z.number().nonnegative(),
  classmates: z.boolean(),
  origin: z.string(),
  commands: z.array(z.custom<CommandJson>((value) => typeof value === 'object' && value !== null)),
  threads: z.array(keptThread).default([]),
  messages: z.array(
    z.object({
      visibleTo: z.string().optional(),
      json: z.custom<MessageJson>((value) => typeof value === 'object' && value !== null),
    }),
  ),
  attachments: z.array(z.object({ id: z.string(), name: z.string(), type: z.string(), base64: z.string() })),
});

export type Kept = z.infer<typeof kept>;

const newestPerChannel = 300;
const newestAttachments = 30;
const delayMs = 100;

const unreadable: readonly unknown[] = ['ENOENT', 'ENOTDIR', 'EACCES', 'EISDIR'];

/** What an earlier start has kept; undefined when there is nothing that can be read. */
export function readKept(file: string): Kept | undefined {
  try {
    return kept.safeParse(JSON.parse(readFileSync(file, 'utf8'))).data;
  } catch (error) {
    if (error instanceof SyntaxError || unreadable.includes((error as NodeJS.ErrnoException).code))
      return undefined;
    throw error;
  }
}

/** Puts back what was kept into a world whose people and channels are there already. */
export function restore(
  discord: LocalDiscord,
  { commands, messages, attachments, origin, threads }: Kept,
): void {
  const { world } = discord;
  restoreThreads(discord, threads);
  for (const command of commands) world.globalCommands.set(command.id, command);
  for (const { id, name, type, base64 } of attachments)
    world.attachments.set(id, { name, type, bytes: Buffer.from(base64, 'base64') });
  // Addresses of pictures have the port of that start in them.
  const here = JSON.parse(
    JSON.stringify(messages).replaceAll(`${origin}/`, `${discord.messages.origin}/`),
  ) as typeof messages;
  for (const { visibleTo, json } of here) {
    const channel = world.channels.get(json.channel_id);
    if (!channel || !world.users.has(json.author.id)) continue;
    const message = { id: json.id, channel, authorId: json.author.id, json, history: [json], deleted: false };
    const reactions = new Map();
    channel.messages.set(json.id, { ...message, reactions, ...(visibleTo && { visibleTo }) });
    if (!visibleTo) channel.lastMessageId = json.id;
  }
}

export interface Keeping {
  /** Something has changed that is kept. */
  changed(): void;
  /** Writes what waits. */
  close(): Promise<void>;
}

export interface KeepingOptions {
  readonly file: string;
  readonly discord: LocalDiscord;
  readonly clock: SandboxClock;
  /** Whose private messages are kept as well. */
  readonly isPlayer: (userId: string) => boolean;
  readonly classmatesHere: () => boolean;
  /** A write failed; the next change tries again. */
  readonly onFault: (error: unknown) => void;
}

/** Writes the world to a file, a moment after each change. */
export function keepIn(options: KeepingOptions): Keeping {
  const { file, discord, onFault } = options;
  const text = (): string => JSON.stringify(snapshot(options));
  let timer: NodeJS.Timeout | undefined;
  let writing = Promise.resolve();
  const write = (): Promise<void> => {
    timer = undefined;
    writing = writing
      .then(async () => {
        await writeFile(`${file}.new`, text());
        await rename(`${file}.new`, file);
      })
      .catch(onFault);
    return writing;
  };
  const changed = (): void => {
    timer ??= setTimeout(() => void write(), delayMs);
  };
  const stop = discord.world.messageChanged.on(changed);
  // The bot's id is what its commands are registered for, so it is kept before it can log in.
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(`${file}.new`, text());
    renameSync(`${file}.new`, file);
  } catch (error) {
    onFault(error);
  }
  return {
    changed,
    async close() {
      stop();
      clearTimeout(timer);
      await write();
    },
  };
}

function snapshot({ discord, clock, isPlayer, classmatesHere }: KeepingOptions): Kept {
  const { world } = discord;
  const messages = [...world.channels.values()].flatMap((channel) =>
    [...channel.messages.values()]
      .filter(({ visibleTo }) => !visibleTo || isPlayer(visibleTo))
      .slice(-newestPerChannel)
      .map(({ visibleTo, json }) => ({ ...(visibleTo && { visibleTo }), json })),
  );
  return {
    version: 1,
    botId: world.bot.id,
    aheadMs: clock.aheadMs,
    classmates: classmatesHere(),
    origin: discord.messages.origin,
    commands: [...world.globalCommands.values()],
    threads: threadsOf(discord),
    messages,
    attachments: [...world.attachments]
      .slice(-newestAttachments)
      .map(([id, { name, type, bytes }]) => ({ id, name, type, base64: bytes.toString('base64') })),
  };
}
