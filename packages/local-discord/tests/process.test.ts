import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const dist = new URL('../dist/', import.meta.url);

/** What a process prints that runs this and nothing else; it fails when it has not ended by then. */
async function printed(script: string): Promise<string> {
  const imports = `import { LocalDiscord } from '${dist}index.js'; import { schemaFaults } from '${dist}checks/schema.js';`;
  const args = ['--input-type=module', '-e', `${imports}\n${script}`];
  const { stdout } = await promisify(execFile)(process.execPath, args, { timeout: 30_000 });
  return stdout;
}

test('a server keeps its process while somebody waits for a bot, and where it was told to', async () => {
  const waits = `const discord = await LocalDiscord.start();
    setTimeout(() => { console.log('still here'); process.exit(); }, 300).unref();
    await discord.connected();`;
  expect(await printed(waits)).toBe('still here\n');
  const stays = `await LocalDiscord.start({ keepsProcess: true });
    setTimeout(() => { console.log('still here'); process.exit(); }, 300).unref();`;
  expect(await printed(stays)).toBe('still here\n');
});

test('one that nobody closed does not keep its process; the schemas are built for the first body, not at import', async () => {
  const script = `const faults = () => { try { return schemaFaults('directChannel', { recipient_id: 'Ada' }).length > 0; } catch (error) { return error.message; } };
    const discord = await LocalDiscord.start({ gatewayLimits: true });
    const headers = { authorization: 'Bot ' + discord.token, 'content-type': 'application/json' };
    await fetch(discord.apiUrl + '/users/@me', { headers });
    console.log(faults());
    const answer = await fetch(discord.apiUrl + '/users/@me/channels', { method: 'POST', headers, body: '{}' });
    console.log(answer.status, faults());`;
  expect(await printed(script)).toBe('The schemas are not loaded yet\n400 true\n');
});
