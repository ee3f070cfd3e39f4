import type { LocalDiscord } from 'local-discord';
import { z } from 'zod';

/** A thread as it is kept from start to start, with who is in it. */
export const keptThread = z.object({
  id: z.string(),
  name: z.string(),
  type: z.int(),
  parentId: z.string(),
  ownerId: z.string(),
  archived: z.boolean(),
  members: z.array(z.string()),
});
export type KeptThread = z.infer<typeof keptThread>;

/** The newest are kept. */
const mostThreads = 50;

export function threadsOf({ world }: LocalDiscord): KeptThread[] {
  return [...world.channels.values()]
    .flatMap(({ id, name, type, parent, thread }) =>
      parent && thread
        ? {
            id,
            name,
            type,
            parentId: parent.id,
            ownerId: thread.ownerId,
            archived: thread.archived,
            members: [...thread.members.keys()],
          }
        : [],
    )
    .slice(-mostThreads);
}

/** Makes them again, in channels that are there already. */
export function restoreThreads(discord: LocalDiscord, threads: readonly KeptThread[]): void {
  const [server] = discord.servers;
  for (const { id, name, type, parentId, ownerId, archived, members } of threads) {
    const parent = discord.world.channels.get(parentId);
    if (!parent || !server || discord.world.channels.has(id)) continue;
    const { thread } = server.around.builder.thread(parent, name, type, ownerId, id);
    if (!thread) continue;
    thread.archived = archived;
    for (const member of members)
      if (discord.world.users.has(member)) thread.members.set(member, thread.createdAt);
  }
}
