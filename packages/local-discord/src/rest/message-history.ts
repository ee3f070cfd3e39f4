import { errors, type Fault } from '../errors.js';
import type { MessageBody } from '../json.js';
import { snowflakeTime } from '../snowflake.js';
import type { ChannelState, MessageState } from '../state.js';

/** Discord says "the past few minutes". */
const nonceLifeMs = 5 * 60_000;

/** With `enforce_nonce`, a message of the same nonce in the last minutes is given back instead of a second one. */
export function repeatedNonce(
  channel: ChannelState,
  body: MessageBody,
  now: number,
): MessageState | undefined {
  if (!body.enforce_nonce || body.nonce == null) return undefined;
  const lately = [...channel.messages.values()].slice(-100).reverse();
  return lately.find(({ json, id }) => json.nonce === body.nonce && now - snowflakeTime(id) < nonceLifeMs);
}

/**
 * A page of a channel, newest first, as Discord lists it.
 * @throws ApiError 50035 for a limit outside of 1 to 100 and for what is no id
 */
export function page(channel: ChannelState, query: URLSearchParams): MessageState[] {
  const { limit, before, after, around } = readQuery(query);
  const all = [...channel.messages.values()].filter((message) => !message.visibleTo);
  if (around !== undefined) {
    const older = all.filter(({ id }) => BigInt(id) <= around).slice(-(Math.floor(limit / 2) + 1));
    const newer = all.filter(({ id }) => BigInt(id) > around).slice(0, limit - older.length);
    return [...older, ...newer].reverse();
  }
  const inRange = all.filter(
    ({ id }) => (before === undefined || BigInt(id) < before) && (after === undefined || BigInt(id) > after),
  );
  return (
    after !== undefined && before === undefined ? inRange.slice(0, limit) : inRange.slice(-limit)
  ).reverse();
}

function readQuery(
  query: URLSearchParams,
): { limit: number } & Record<'before' | 'after' | 'around', bigint | undefined> {
  const faults: Fault[] = [];
  const id = (name: string): bigint | undefined => {
    const text = query.get(name);
    if (text === null) return undefined;
    if (/^\d+$/.test(text)) return BigInt(text);
    faults.push({ path: [name], code: 'NUMBER_TYPE_COERCE', message: `Value "${text}" is not snowflake.` });
    return undefined;
  };
  const text = query.get('limit') ?? '50';
  const limit = Number(text);
  if (!/^-?\d+$/.test(text)) {
    faults.push({ path: ['limit'], code: 'NUMBER_TYPE_COERCE', message: `Value "${text}" is not int.` });
  } else if (limit < 1) {
    faults.push({
      path: ['limit'],
      code: 'NUMBER_TYPE_MIN',
      message: 'int value should be greater than or equal to 1.',
    });
  } else if (limit > 100) {
    faults.push({
      path: ['limit'],
      code: 'NUMBER_TYPE_MAX',
      message: 'int value should be less than or equal to 100.',
    });
  }
  const asked = { limit, before: id('before'), after: id('after'), around: id('around') };
  if (faults.length > 0) throw errors.invalidBody(faults);
  return asked;
}
