import {
  type APIInteractionResponse,
  DefaultUserAgent,
  DiscordAPIError,
  type DiscordErrorData,
  type REST,
  type RouteLike,
} from 'discord.js';
import { isPassing } from './api-errors.js';

/**
 * Posts the first reply to an interaction. No limit of Discord's applies to it, so it need not go through discord.js's
 * queues and timers. Only where it fails in a way that goes by, discord.js tries it
 * again as it does all requests. Rejects with discord.js's errors.
 */
export async function postOnce(rest: REST, route: RouteLike, body: APIInteractionResponse): Promise<void> {
  if (!(await isTaken(rest, route, body))) await rest.post(route, { auth: false, body });
}

/** @returns false where it is to be tried again */
async function isTaken(rest: REST, route: RouteLike, body: APIInteractionResponse): Promise<boolean> {
  const { api, version, makeRequest, userAgentAppendix } = rest.options;
  const url = `${api}/v${version}${route}`;
  const headers = {
    'Content-Type': 'application/json',
    'User-Agent': `${DefaultUserAgent} ${userAgentAppendix}`.trim(),
  };
  try {
    const answer = await makeRequest(url, { method: 'POST', headers, body: JSON.stringify(body) });
    if (answer.ok) return true;
    const isOfDiscord = answer.headers.get('Content-Type')?.startsWith('application/json') === true;
    if (!isOfDiscord || answer.status === 429 || answer.status >= 500) return false;
    const error = (await answer.json()) as DiscordErrorData;
    throw new DiscordAPIError(error, error.code, answer.status, 'POST', url, { files: undefined, body });
  } catch (error) {
    if (isPassing(error)) return false;
    throw error;
  }
}
