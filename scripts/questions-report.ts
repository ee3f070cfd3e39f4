import { faultsInOrder, faultText } from '../src/bank/faults.js';
import { readBank } from '../src/bank/load.js';
import { located, placed } from './check/finding.js';
import { gates, soft } from './check/gates.js';
import { readKnownPages } from './check/links.js';
import { findMachines } from './check/machines.js';
import { hiddenPremises } from './check/premises.js';
import { groundsOf } from './check/proofs.js';
import { reviewOrder } from './check/reviewed.js';
import { commandLine } from './command-line.js';
import { questionsDir } from './questions-dir.js';

/**
 * What is still to be done: which questions have waited longest for a review, and what the gates find in those that
 * have had none. `npm run questions:report -- some-topic` tells of one topic only.
 */
const [only] = commandLine({ usage: 'npm run questions:report [-- TOPIC]', takes: [0, 1] }).args;
const dir = questionsDir();
const { topics } = await readBank(dir);
const all = placed(topics);
const machines = await findMachines(groundsOf(topics));
const pages = await readKnownPages();
const premises = { finds: 'hidden premises', findings: await hiddenPremises(all, machines) };

for (const line of reviewOrder(all.filter(({ topic }) => isMeant(topic.content.topic)))) print(line);
for (const gate of [premises, ...gates(all, pages)]) {
  const left = soft(gate, false).filter(({ topic }) => isMeant(topic.content.topic));
  if (left.length === 0) continue;
  print(`\n${left.length} ${gate.finds}`);
  for (const fault of faultsInOrder(await located(left))) print(faultText(fault));
}

function isMeant(topic: string): boolean {
  return only === undefined || topic === only;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
