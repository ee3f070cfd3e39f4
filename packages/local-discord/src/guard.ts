import type { IncomingHttpHeaders } from 'node:http';

/** Names of this machine. Another name that leads here was bent to do so, by a web page that wants to drive this one. */
const loopback = /^(localhost|127\.0\.0\.1|\[::1\])(:\d{1,5})?$/;

/** Whether a request was made to this machine by its own name. */
export function isLocalHost({ host }: IncomingHttpHeaders): boolean {
  return host !== undefined && loopback.test(host);
}

/** Whether a request comes from a page of this server. Browsers always say where a WebSocket comes from. */
export function isOwnOrigin({ host, origin }: IncomingHttpHeaders): boolean {
  return origin !== undefined && origin === `http://${host}`;
}

/** Bots say nothing of where they come from; another web page in somebody's browser does. */
export const isAllowed = (headers: IncomingHttpHeaders): boolean =>
  isLocalHost(headers) && (headers.origin === undefined || isOwnOrigin(headers));
