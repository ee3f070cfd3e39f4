import { readFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import type { Reply } from 'local-discord';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { packed } from '../../src/privacy/export.js';
import { letterOf, type Stage, stage } from '../helpers/stage.js';

const schemaFile = new URL('../../docs/export.schema.json', import.meta.url);

type Exported = {
  member: string;
  places: { place: string; name?: string; data: Record<string, unknown> }[];
  erasures: unknown[];
};

function fileOf(reply: Reply): { text: string; json: Exported } {
  const [file] = reply.message.files;
  if (!file) throw new Error('There is no file');
  const text = file.bytes.toString('utf8');
  return { text, json: JSON.parse(text) };
}

/** Ada, Ben and Cyd have answered cards, a round and a daily question; Ada has set that and asked privately as well. */
async function busy(): Promise<Stage> {
  const scene = await stage();
  const { ada, ben, cyd, clock, drills } = scene;
  const card = await ada.slash('/question any topic:queries kind:"single choice"');
  for (const member of [ada, ben, cyd]) await member.press(card, letterOf(card, member === ada));
  await ada.press(card, 'Reveal');
  await clock.advance('5s');
  const direct = (await ada.slash('/question any topic:facts', { channel: ada.dm })).message;
  await ada.press(direct, letterOf(direct, true));
  ada.allow('ManageGuild');
  await ada.slash('/daily set time:18:00 timezone:UTC topic:queries');
  const posted = drills.next(({ text }) => text.includes('### Daily question'));
  await clock.advanceTo('2026-03-04T18:00Z');
  const post = await posted;
  for (const member of [ada, ben]) await member.press(post, letterOf(post, true));
  await ada.slash('/daily off');
  const opened = drills.next(({ text }) => text.includes('Round 1 of'));
  await ada.slash('/quiz start lobby:0 topic:queries rounds:1');
  const round = await opened;
  for (const member of [ben, cyd]) await member.press(round, letterOf(round, true));
  return scene;
}

describe('/privacy export', () => {
  it('gives all of it in private, as the schema in docs says, and nothing of others', async () => {
    const scene = await busy();
    const { ada, ben, cyd, server } = scene;
    await ada.slash('/privacy hide on:true');
    const reply = await ada.slash('/privacy export');
    expect(reply.ephemeral).toBe(true);
    const { text, json } = fileOf(reply);
    expect(json.member).toBe(ada.id);
    expect(json.places.map(({ place, name }) => ({ place, name }))).toEqual([
      { place: server.id, name: 'Study group' },
    ]);
    const kinds = ['asked', 'daily', 'hidden', 'ledger', 'practice', 'presence', 'profiles', 'quiz'];
    expect(Object.keys(json.places[0]?.data ?? {}).sort()).toEqual(kinds);
    for (const other of [ben, cyd]) {
      expect(text).not.toContain(other.id);
      expect(text).not.toContain(other.name);
    }
    const schema = z.fromJSONSchema(JSON.parse(await readFile(schemaFile, 'utf8')));
    expect(schema.safeParse(json).error).toBeUndefined();
    expect(schema.safeParse({ ...json, places: [{ place: '1', data: { ledger: [{}] } }] }).success).toBe(
      false,
    );
  });

  it('gives everything everywhere in direct messages, or one place of it', async () => {
    const { ada, server } = await busy();
    const all = await ada.slash('/privacy export', { channel: ada.dm });
    expect(fileOf(all).json.places.map(({ place }) => place)).toEqual(['direct', server.id]);
    const one = await ada.select(all, [server.id]);
    expect(fileOf(one).json.places.map(({ place }) => place)).toEqual([server.id]);
  });

  it('keeps the secret of a card that is not revealed', async () => {
    const { ada, ben } = await stage();
    const card = await ada.slash('/question any topic:queries kind:"single choice"');
    await ben.press(card, letterOf(card, true));
    const before = fileOf(await ben.slash('/privacy export')).text;
    expect(before).toContain('yourAnswer');
    expect(before).not.toContain('"right"');
    await ada.press(card, 'Reveal');
    expect(fileOf(await ben.slash('/privacy export')).text).toContain('"right": true');
  });

  it('has a schema in docs that is the one of the features', async () => {
    const { bot } = await stage();
    expect(JSON.parse(await readFile(schemaFile, 'utf8'))).toEqual(
      JSON.parse(JSON.stringify(bot.app.exportSchema())),
    );
  });
});

describe('/privacy show in direct messages', () => {
  it('tells what is stored in each place, and of one that is chosen', async () => {
    const { ada, server } = await busy();
    const all = await ada.slash('/privacy show', { channel: ada.dm });
    expect(all.text).toContain('Direct messages with me');
    expect(all.text).toContain('`Study group`');
    const one = await ada.select(all, [server.id]);
    expect(one.text).not.toContain('Direct messages with me');
    expect(one.text).toContain('1 schedule of daily questions that you set');
  });
});

describe('an export', () => {
  it('is compressed where Discord would not take it as it is', () => {
    expect(packed('{}')).toEqual({ name: 'my-data.json', data: Buffer.from('{}') });
    const long = JSON.stringify('answer '.repeat(2_000_000));
    const { name, data } = packed(long);
    expect(name).toBe('my-data.json.gz');
    expect(gunzipSync(data).toString()).toBe(long);
  });
});
