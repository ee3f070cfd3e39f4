import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

export interface ToolRun {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** A tool as `npm run` starts it once everything is built; `npm test` builds it first. */
export async function runTool(
  name: string,
  args: readonly string[],
  databaseUrl: string,
  heard: (text: string, kill: () => void) => void = () => {},
  { cwd, env }: { readonly cwd?: string; readonly env?: Readonly<Record<string, string>> } = {},
): Promise<ToolRun> {
  const program = fileURLToPath(new URL(`../../dist/scripts/${name}.js`, import.meta.url));
  const child = spawn(process.execPath, [program, ...args], {
    cwd,
    env: { PATH: process.env['PATH'], DATABASE_URL: databaseUrl, ...env },
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const said = { out: '', err: '' };
  for (const [name, stream] of [
    ['out', child.stdout],
    ['err', child.stderr],
  ] as const)
    stream.on('data', (chunk: Buffer) => {
      said[name] += chunk.toString();
      heard(said[name], () => void child.kill('SIGKILL'));
    });
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, ...said };
}
