import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type Fault, faultText } from '../../src/bank/faults.js';
import { BankError, loadBank } from '../../src/bank/load.js';
import { tempDir } from '../helpers/store.js';

/** Writes files into an empty folder that goes when the test has ended. */
export async function bankDir(files: Readonly<Record<string, string>>): Promise<string> {
  const dir = await tempDir();
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(dir, path)), { recursive: true });
    await writeFile(join(dir, path), text);
  }
  return dir;
}

/** The faults of these files, as `pack/topic.yaml:line  message → remedy`. */
export async function faultsOf(files: Readonly<Record<string, string>>): Promise<string[]> {
  const dir = await bankDir(files);
  try {
    await loadBank(dir);
    return [];
  } catch (error) {
    if (!(error instanceof BankError)) throw error;
    return error.faults.map((fault: Fault) =>
      faultText(fault).replaceAll(`${dir}/`, '').replaceAll(dir, 'bank'),
    );
  }
}

export const head = `topic: queries
title: QuerySets
description: One line.
questions:
`;

export const single = `  - id: first
    level: basic
    kind: single-choice
    prompt: How many queries?
    options:
      - right: One
      - wrong: Two
        why: Nothing asks twice.
    explanation: It asks once.
    sources: [https://docs.djangoproject.com/en/5.2/]
`;

export const open = `  - id: second
    level: advanced
    kind: open
    prompt: Why?
    keyPoints:
      - point: Measures
        weight: 2
        phrases: ["measur*", "profil*"]
      - point: Joins
        phrases: ["join*"]
      - point: Tests
        phrases: ["test*"]
    modelAnswer: I measure, then join.
    explanation: Because.
    sources: [https://docs.djangoproject.com/en/5.2/]
`;
