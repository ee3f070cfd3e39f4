import type { Fault } from '../errors.js';

/** What is wrong with the name of a webhook, in whichever field it comes. */
export function webhookNameFaults(name: string | null | undefined, field: 'name' | 'username'): Fault[] {
  const [word] = /clyde|discord/i.exec(name ?? '') ?? [];
  if (word === undefined) return [];
  const message = `Username cannot contain "${word.toLowerCase()}"`;
  return [{ path: [field], code: 'USERNAME_INVALID_CONTAINS', message }];
}
