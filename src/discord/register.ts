import { createHash } from 'node:crypto';
import { type REST, type RESTPutAPIApplicationCommandsResult, Routes } from 'discord.js';
import { z } from 'zod';
import { Batch, recordType, type Store } from '../store/store.js';
import type { SlashCommand } from './command.js';

const registration = recordType(
  'registration',
  z.object({ hash: z.string(), ids: z.record(z.string(), z.string()) }),
);

/** Whether this application's commands were ever registered from this store. */
export const isRegistered = async (store: Store, applicationId: string): Promise<boolean> =>
  (await store.get(registration, applicationId)) !== undefined;

/**
 * Tells Discord which commands there are, when they differ from what was last told for this application.
 * @returns the commands' ids by name, for clickable mentions, and whether Discord was told anew
 */
export async function registerCommands(
  commands: ReadonlyMap<string, Pick<SlashCommand<never>, 'data'>>,
  { rest, store, applicationId }: { rest: REST; store: Store; applicationId: string },
): Promise<{ ids: ReadonlyMap<string, string>; changed: boolean }> {
  const bodies = [...commands.values()].map((command) => command.data);
  const hash = createHash('sha256').update(JSON.stringify(bodies)).digest('hex');
  const known = await store.get(registration, applicationId);
  if (known?.hash === hash) return { ids: new Map(Object.entries(known.ids)), changed: false };
  const registered = (await rest.put(Routes.applicationCommands(applicationId), {
    body: bodies,
  })) as RESTPutAPIApplicationCommandsResult;
  const ids = Object.fromEntries(registered.map(({ name, id }) => [name, id]));
  await store.commit(new Batch().put(registration, applicationId, () => ({ hash, ids })));
  return { ids: new Map(Object.entries(ids)), changed: true };
}
