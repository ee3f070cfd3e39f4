import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { isOwnOrigin, type Member, type MessageChange, type Site } from 'local-discord';
import { WebSocketServer } from 'ws';
import { type PageFiles, refuse } from './files.js';
import { type Controls, Visit } from './visit.js';

/** Where the page's WebSocket is. */
const livePath = '/live';
const longestMessage = 64 * 1024;

/** The sandbox's page: its files, and a WebSocket for everybody who has it open. */
export class PageSite implements Site {
  readonly #sockets = new WebSocketServer({ noServer: true, maxPayload: longestMessage });
  readonly #visits = new Set<Visit>();

  readonly files: PageFiles;
  /** Who acts under a name; without one, or with one that nobody has: the first. */
  readonly memberNamed: (name: string | null) => Member;
  readonly controls: Controls;

  constructor(files: PageFiles, memberNamed: (name: string | null) => Member, controls: Controls) {
    this.files = files;
    this.memberNamed = memberNamed;
    this.controls = controls;
  }

  readonly request = (request: IncomingMessage, response: ServerResponse): void => {
    const { method = '' } = request;
    if (!['GET', 'HEAD'].includes(method)) refuse(response, 405, 'There is nothing to be sent here.\n');
    else this.files.serve(request, response);
  };

  readonly upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    const [path, query] = (request.url ?? '').split('?', 2);
    if (path !== livePath || !isOwnOrigin(request.headers)) {
      socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n');
      return;
    }
    this.#sockets.handleUpgrade(request, socket, head, (connection) => {
      const asked = new URLSearchParams(query);
      const visit = new Visit(this.memberNamed(asked.get('as')), connection, this.controls);
      const question = asked.get('question');
      this.#visits.add(visit);
      connection.on('close', () => this.#visits.delete(visit));
      connection.on('error', () => connection.terminate());
      visit.refresh();
      if (question)
        this.controls.preview(visit.member, question).catch((error: unknown) => this.controls.onFault(error));
    });
  };

  changed(change: MessageChange): void {
    for (const visit of this.#visits) visit.changed(change);
  }

  refresh(): void {
    for (const visit of this.#visits) visit.refresh();
  }

  close(): void {
    for (const { socket } of this.#visits) socket.terminate();
    this.#sockets.close();
  }
}
