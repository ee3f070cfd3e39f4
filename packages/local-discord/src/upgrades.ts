import type { Server } from 'node:http';
import type { Gateway } from './gateway.js';
import { isAllowed } from './guard.js';
import type { Site } from './options.js';

export const gatewayPath = '/gateway';

/** Hands connections that become WebSockets to the gateway, or to what the same port serves besides. */
export function takeUpgrades(server: Server, gateway: Gateway, site: Site | undefined): void {
  server.on('upgrade', (request, socket, head) => {
    if (!isAllowed(request.headers)) socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n');
    else if (site?.upgrade && !request.url?.startsWith(gatewayPath)) site.upgrade(request, socket, head);
    else gateway.upgrade(request, socket, head);
  });
}
