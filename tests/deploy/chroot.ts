import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { environmentOf, execForm, type ImageStage, lastOf } from './dockerfile.js';
import { root } from './files.js';

const quoted = (words: string): string => `'${words.replaceAll("'", `'\\''`)}'`;

/** What `.dockerignore` leaves out, for tar. */
function excludes(): string[] {
  const patterns = readFileSync(join(root, '.dockerignore'), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));
  return patterns.map(
    (pattern) =>
      `--exclude=${quoted(pattern.replace(/^\*\*\//, '').replace(/^(?=\w|\.)/, pattern.startsWith('**/') ? '' : './'))}`,
  );
}

/** A root of its own, which is this machine's where nothing was written over it: a Debian with Node, as the images are. */
const newRoot = (at: string): string[] => [
  `mkdir -p ${at}/upper ${at}/work ${at}/root`,
  `mount -t overlay overlay -o lowerdir=/,upperdir=${at}/upper,workdir=${at}/work ${at}/root`,
  `mount -t tmpfs none ${at}/root/tmp && mount -t proc none ${at}/root/proc && mount --rbind /dev ${at}/root/dev`,
];

/** Follows a stage's instructions up to those that say how it is run. */
function follow(stage: ImageStage, at: string): string[] {
  let workdir = '/';
  const lines: string[] = [];
  for (const { name, words } of stage.steps) {
    if (name === 'WORKDIR') {
      workdir = words;
      lines.push(`mkdir -p ${at}/root${workdir}`);
    } else if (name === 'RUN')
      lines.push(`chroot ${at}/root /bin/sh -ec ${quoted(`cd ${workdir}; ${words}`)} >&2`);
    else if (name === 'COPY') {
      const [, from, rest = ''] = /^(--from=build )?(.*)$/.exec(words) ?? [];
      const paths = rest.split(' ');
      const to = join(`${at}/root${workdir}`, paths.at(-1) ?? '');
      for (const source of paths.slice(0, -1))
        lines.push(
          from
            ? `cp -a build/root${source} ${to}`
            : source === '.'
              ? `tar -C ${root} ${excludes().join(' ')} -c . | tar -C ${to} -x`
              : `mkdir -p ${to.endsWith('/') ? to : join(to, '..')} && cp -a ${join(root, source)} ${to}`,
        );
    }
  }
  return lines;
}

/**
 * A script that builds the image as the Dockerfile says, and runs it as a container would: as its user, on a root that
 * cannot be written. It says `healthy`, `unwritable` and `stopped <exit code>`. For `unshare --mount`.
 */
export function scriptOf(build: ImageStage, image: ImageStage, env: Record<string, string>): string {
  const settings = { PATH: '/usr/local/bin:/usr/bin:/bin', ...environmentOf(image), ...env };
  const withEnv = Object.entries(settings).map(([name, value]) => quoted(`${name}=${value}`));
  const user = `chroot --userspec=${lastOf(image, 'USER')} image/root env -i ${withEnv.join(' ')}`;
  const run = (words: string): string => execForm(words).map(quoted).join(' ');
  const inDir = (words: string): string =>
    `/bin/sh -c ${quoted(`cd ${lastOf(image, 'WORKDIR')} && exec ${words}`)}`;
  return [
    'set -euo pipefail',
    ...newRoot('build'),
    ...follow(build, 'build'),
    ...newRoot('image'),
    ...follow(image, 'image'),
    // The volume is another file system; the rest is read-only.
    'mkdir volume && cp -a image/root/data volume/ && mount --bind volume/data image/root/data',
    'mount -o remount,ro image/root',
    `${user} ${inDir(run(lastOf(image, 'CMD')))} >&2 & bot=$!`,
    `for try in $(seq 100); do if ${user} ${run(lastOf(image, 'HEALTHCHECK'))}; then echo healthy; break; fi; sleep 0.3; done`,
    `${user} /bin/sh -c 'touch /app/x 2>/dev/null || touch /x 2>/dev/null || echo unwritable'`,
    `kill -${lastOf(image, 'STOPSIGNAL').replace('SIG', '')} $bot`,
    'code=0; wait $bot || code=$?; echo "stopped $code"',
    'ls image/root/data',
  ].join('\n');
}
