import { notASnowflake } from '../checks/wording.js';
import { errors } from '../errors.js';

/** A whole number of a query. @throws ApiError 50035 */
export function queryNumber(
  params: URLSearchParams,
  name: string,
  { least, most, usual }: { least: number; most: number; usual: number },
): number {
  const text = params.get(name);
  if (text === null) return usual;
  const value = Number(text);
  const fault = (code: string, message: string) => errors.invalidBody([{ path: [name], code, message }]);
  if (!/^-?\d+$/.test(text)) throw fault('NUMBER_TYPE_COERCE', `Value "${text}" is not int.`);
  if (value < least) throw fault('NUMBER_TYPE_MIN', `int value should be greater than or equal to ${least}.`);
  if (value > most) throw fault('NUMBER_TYPE_MAX', `int value should be less than or equal to ${most}.`);
  return value;
}

/**
 * What of a list is asked for by `limit`, `after` and `before`, by rising ids; where both are said, `before` counts.
 * @throws ApiError 50035
 */
export function pageById<T>(
  all: readonly T[],
  idOf: (one: T) => string,
  params: URLSearchParams,
  most: number,
): T[] {
  const limit = queryNumber(params, 'limit', { least: 1, most, usual: most });
  const before = queryId(params, 'before');
  const after = queryId(params, 'after') ?? 0n;
  const sorted = all.toSorted((a, b) => (BigInt(idOf(a)) < BigInt(idOf(b)) ? -1 : 1));
  if (before !== undefined) return sorted.filter((one) => BigInt(idOf(one)) < before).slice(-limit);
  return sorted.filter((one) => BigInt(idOf(one)) > after).slice(0, limit);
}

/** An id of a query. @throws ApiError 50035 */
export function queryId(params: URLSearchParams, name: string): bigint | undefined {
  const text = params.get(name);
  if (text === null) return undefined;
  if (/^\d{1,20}$/.test(text)) return BigInt(text);
  throw errors.invalidBody([{ path: [name], ...notASnowflake(text) }]);
}

/** A yes or no of a query; absent, it is no. @throws ApiError 50035 */
export function queryFlag(params: URLSearchParams, name: string): boolean {
  const text = (params.get(name) ?? 'false').toLowerCase();
  if (text === 'true' || text === '1') return true;
  if (text === 'false' || text === '0') return false;
  const message = 'Must be either true or false.';
  throw errors.invalidBody([{ path: [name], code: 'BOOLEAN_TYPE_CONVERT', message }]);
}
