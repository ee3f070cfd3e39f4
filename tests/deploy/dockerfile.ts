import { readDeploy } from './files.js';

export interface Instruction {
  readonly name: string;
  readonly words: string;
}

/** What is built from one `FROM`. */
export interface ImageStage {
  readonly from: string;
  readonly as: string | undefined;
  readonly steps: readonly Instruction[];
}

const known = /^(ARG|FROM|ENV|WORKDIR|COPY|RUN|USER|VOLUME|EXPOSE|HEALTHCHECK|STOPSIGNAL|CMD)$/;

/** The stages of a Dockerfile. @throws Error for what is none of the instructions that ours has */
export function stagesOf(text = readDeploy('Dockerfile')): ImageStage[] {
  const lines = text
    .replace(/^\s*#.*\n/gm, '')
    .replace(/\\\n\s*/g, ' ')
    .split('\n')
    .filter((line) => line.trim() !== '');
  const stages: { from: string; as: string | undefined; steps: Instruction[] }[] = [];
  const args = new Map<string, string>();
  for (const line of lines) {
    const [, name = '', words = ''] = /^([A-Z]+)\s+(.*)$/.exec(line) ?? [];
    if (!known.test(name)) throw new Error(`Not an instruction: ${line}`);
    if (name === 'ARG') args.set(...(words.split('=') as [string, string]));
    else if (name === 'FROM') {
      const [from = '', as] = words.split(/\s+AS\s+/);
      stages.push({ from: from.replace(/\$\{(\w+)\}/g, (_, arg) => args.get(arg) ?? ''), as, steps: [] });
    } else stages.at(-1)?.steps.push({ name, words });
  }
  return stages;
}

export const wordsOf = ({ steps }: ImageStage, name: string): string[] =>
  steps.filter((step) => step.name === name).map(({ words }) => words);

/** The last one of a kind, which is the one that counts. */
export const lastOf = (stage: ImageStage, name: string): string => wordsOf(stage, name).at(-1) ?? '';

export function environmentOf(stage: ImageStage): Record<string, string> {
  const pairs = wordsOf(stage, 'ENV').flatMap((words) => words.split(/\s+/));
  return Object.fromEntries(pairs.map((pair) => pair.split('=') as [string, string]));
}

/** The words of an instruction in its exec form. */
export const execForm = (words: string): string[] => JSON.parse(words.slice(words.indexOf('[')));
