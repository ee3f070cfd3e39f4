import { GlobalFonts } from '@napi-rs/canvas';
import { expect, it, vi } from 'vitest';
import { renderPodium } from '../../src/podium/podium.js';

it('the font of emoji, which takes long to read, is read by a thread of its own', async () => {
  const registering = vi.spyOn(GlobalFonts, 'registerFromPath');
  await renderPodium([
    { name: '🔴 Red', place: 1, points: 200 },
    { name: '🔵 Blue', place: 2, points: 100 },
  ]);
  expect(registering.mock.calls.map(([, alias]) => alias)).not.toContain('noto-color-emoji');
  expect(GlobalFonts.has('noto-color-emoji')).toBe(true);
  registering.mockRestore();
});
