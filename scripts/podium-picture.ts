import { mkdir, writeFile } from 'node:fs/promises';
import { renderPodium } from '../src/scores/podium.js';

/** Draws the README's picture. */
const picture = await renderPodium([
  { name: 'Ada', points: 1240, place: 1 },
  { name: 'Μαρία 🎉', points: 985, place: 2 },
  { name: '山田 太郎', points: 640, place: 3 },
]);
await mkdir('docs', { recursive: true });
await writeFile('docs/podium.png', picture);
