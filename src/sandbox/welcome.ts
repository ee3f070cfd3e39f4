import type { IncomingMessage, ServerResponse } from 'node:http';
import type { LocalDiscord, Site } from './local-discord.js';

/** A page that says what runs here. `discord` is asked for with every request, so it may be made after the page. */
export function welcomeSite(discord: () => LocalDiscord): Site {
  return {
    request(request: IncomingMessage, response: ServerResponse) {
      const found = request.url === '/';
      response.writeHead(found ? 200 : 404, { 'content-type': 'text/html; charset=utf-8' });
      response.end(
        found ? welcomePage(discord()) : page('<p>There is only <a href="/">the first page</a>.</p>'),
      );
    },
  };
}

function welcomePage({ world, servers }: LocalDiscord): string {
  const commands = [...world.globalCommands.values()].map(
    ({ name, description }) => `<li><code>/${escaped(name)}</code> ${escaped(description)}</li>`,
  );
  const groups = servers.map((server) => {
    const people = [...server.state.members.keys()].map((id) => world.users.get(id)?.json.username ?? id);
    const channels = server.channels.map(({ name }) => `#${name}`);
    return `<li><b>${escaped(server.name)}</b>: ${escaped(channels.join(', '))}; ${escaped(people.join(', '))}</li>`;
  });
  return page(`
    <p>No <code>DISCORD_TOKEN</code> is set, so the bot is logged in to a small Discord of its own on this machine.
    It is the real bot, by the real protocol; nothing leaves this machine.</p>
    <h2>Who is here</h2><ul>${groups.join('')}</ul>
    <h2>What the bot can do</h2><ul>${commands.join('') || '<li>It has not registered its commands yet.</li>'}</ul>
    <p>Playing on this page comes with a later version. To play now, set <code>DISCORD_TOKEN</code> to your bot's
    token and start again: the README has the five steps.</p>`);
}

function page(body: string): string {
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Interview Drills: sandbox</title>
<style>body{font:16px/1.5 system-ui,sans-serif;max-width:44rem;margin:3rem auto;padding:0 1rem;background:#2b2d31;color:#dbdee1}
h1,h2,b{color:#fff}code{background:#1e1f22;padding:.1em .3em;border-radius:4px}a{color:#7ea6ff}</style>
<h1>Interview Drills: sandbox</h1>${body}</html>\n`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.codePointAt(0)};`);
}
