import {
  chmod,
  chown,
  cp,
  lstat,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  stat,
  symlink,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type ImageStage, wordsOf } from './dockerfile.js';
import { root } from './files.js';

/** `nobody` on every system we know. */
const nobody = 65_534;

export interface AssembledImage {
  /** Its working directory. */
  readonly dir: string;
  /** Its volume. */
  readonly data: string;
  /** Whom its process runs as: nobody who may write to `dir`, where the test itself may choose. */
  readonly as: { uid?: number; gid?: number };
}

/** Puts together what the last stage of the Dockerfile copies, from what is built here: only what production needs. */
export async function assemble(stage: ImageStage): Promise<AssembledImage> {
  const dir = await mkdtemp(join(tmpdir(), 'drills-image-'));
  onTestFinished(() => rm(dir, { recursive: true, force: true }));
  const app = join(dir, 'app');
  await mkdir(app);
  for (const words of wordsOf(stage, 'COPY')) {
    const [, source = '', to = ''] = /^--from=build \/app\/(\S+) (\S+)$/.exec(words) ?? [];
    if (source === 'node_modules') await linkProduction(join(app, to));
    else await cp(join(root, source), join(app, to === './' ? source : to), { recursive: true });
  }
  const data = join(dir, 'data');
  await mkdir(data);
  if (!(await isDroppable())) return { dir: app, data, as: {} };
  await chmod(dir, 0o755);
  await chown(data, nobody, nobody);
  return { dir: app, data, as: { uid: nobody, gid: nobody } };
}

/** As `npm prune --omit=dev --workspaces=false` leaves it. */
async function linkProduction(to: string): Promise<void> {
  const lock = JSON.parse(await readFile(join(root, 'package-lock.json'), 'utf8'));
  const packages = Object.entries<{ dev?: boolean; link?: boolean }>(lock.packages);
  const wanted = packages.filter(([path, { dev, link }]) => /^node_modules\//.test(path) && !dev && !link);
  for (const [path] of wanted) {
    const name = path.slice('node_modules/'.length);
    if (name.includes('/node_modules/') || !(await isThere(join(root, path)))) continue;
    await mkdir(dirname(join(to, name)), { recursive: true });
    await symlink(join(root, path), join(to, name));
  }
}

const isThere = (path: string): Promise<boolean> =>
  lstat(path).then(
    () => true,
    () => false,
  );

/** Only root may become somebody else, who must be able to get to the packages that are linked. */
async function isDroppable(): Promise<boolean> {
  if (process.getuid?.() !== 0) return false;
  for (let path = root; path !== dirname(path); path = dirname(path))
    if (((await stat(path)).mode & 0o001) === 0) return false;
  return true;
}

/** All files below, with when they were changed. */
export async function snapshot(dir: string): Promise<string[]> {
  const names = await readdir(dir, { recursive: true });
  const seen = names.map(async (name) => `${name} ${(await lstat(join(dir, name))).mtimeMs}`);
  return (await Promise.all(seen)).sort();
}
