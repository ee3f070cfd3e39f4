import { describe, expect, it } from 'vitest';
import { answersIn } from '../../src/quiz/given.js';
import { openStore } from '../../src/store/open.js';
import { listeningLog } from '../helpers/store.js';
import { leftByPlay } from './played.js';
import { mentionsOf, plant, recordsIn } from './records.js';
import { openRooms } from './rooms.js';

/** The features on the data of a bot that was stopped. */
async function reopened({ bot, clock }: Awaited<ReturnType<typeof leftByPlay>>) {
  return openRooms(await openStore(bot.databaseUrl, listeningLog().log), clock);
}

/** All but the list of servers, on which a server stands until the bot has left it. */
const stored = async (databaseUrl: string) =>
  (await recordsIn(databaseUrl)).filter(({ key }) => !/^(servers|shard-counts):/.test(key));

type Stored = Awaited<ReturnType<typeof recordsIn>>[number];

/** Answers lie under the ids of their cards. */
function answersTo(all: readonly Stored[], some: readonly Stored[]): Stored[] {
  const ids = some.filter(({ key }) => key.startsWith('card:')).map(({ key }) => key.slice('card:'.length));
  return all.filter(({ key }) => ids.some((id) => key.startsWith(`card-answers:${id}:`)));
}

/** What people would see of a server's points and profiles. */
async function seen(
  { ledger, profiles }: Awaited<ReturnType<typeof reopened>>,
  guildId: string,
  members: string[],
) {
  const board = await ledger.page(guildId, { period: 'all', zone: 'UTC' }, { index: 0 });
  return {
    rows: board.rows,
    profiles: await Promise.all(members.map((member) => profiles.get(guildId, member))),
  };
}

describe('a server whose data is removed', () => {
  it('leaves nothing with its id or, but for what is elsewhere, with the id of a member', async () => {
    const scene = await leftByPlay();
    const { server, ada, ben, cyd, bot, other } = scene;
    const before = await stored(bot.databaseUrl);
    const kinds = [...new Set(mentionsOf(before, server.id).map((key) => key.split(':')[0]))];
    expect(kinds.sort()).toEqual(
      ['asked', 'asked-cards', 'card', 'cards', 'daily', 'daily-answers', 'daily-post', 'daily-posts']
        .concat(['askings', 'firsts', 'firsts-topics', 'met', 'met-members', 'met-topics'])
        .concat(['deck', 'reminder', 'reminders', 'reviewer', 'reviewers', 'session', 'session-members'])
        .concat(['caught-up', 'plan', 'planners', 'stock-taken'])
        .concat(['game', 'games', 'here', 'ledger', 'members', 'open', 'people', 'profile', 'running'])
        .sort(),
    );
    expect(mentionsOf(before, ben.id).some((key) => key.startsWith('given:'))).toBe(true);

    const rooms = await reopened(scene);
    await rooms.quiz.serversReady([server.id]);
    await rooms.practice.serversReady([server.id]);
    const otherBefore = await seen(rooms, other, [ada.id, ben.id]);
    await rooms.retention.forgetServer(server.id);
    expect(await seen(rooms, other, [ada.id, ben.id])).toEqual(otherBefore);
    expect(await seen(rooms, server.id, [ben.id])).toMatchObject({ rows: [] });
    const { clock } = scene;
    // Nothing that was running writes itself back.
    await clock.advanceBy(48 * 60 * 60_000);
    await rooms.close();

    const after = await stored(bot.databaseUrl);
    expect(mentionsOf(after, server.id)).toEqual([]);
    expect(mentionsOf(after, cyd.id)).toEqual([]);
    const left = before.filter(
      ({ key, value }) => `${key} ${value}`.includes(other) || /dm-|direct/.test(key),
    );
    const direct = before.filter(({ key, value }) => key.startsWith('card:') && !value.includes('guildId'));
    const answers = answersTo(before, [...left, ...direct]);
    const registered = before.filter(({ key }) => key.startsWith('registration'));
    const kept = new Set([...left, ...direct, ...answers, ...registered].map(({ key }) => key));
    expect(after.map(({ key }) => key)).toEqual([...kept].sort());
    expect(rooms.lines.filter(({ level }) => level >= 40)).toEqual([]);
  });

  it('leaves the copy of a damaged record to the operator, who was told of it, and nothing else', async () => {
    const scene = await leftByPlay();
    const { server, ben, bot } = scene;
    const key = `profile:${server.id}:${ben.id}`;
    await plant(bot.databaseUrl, key, '{"value":{"v":1,"d":{"topics":"rubble"}}}');
    const rooms = await reopened(scene);
    await rooms.profiles.get(server.id, ben.id);
    await rooms.retention.forgetServer(server.id);
    await rooms.close();
    const left = mentionsOf(await stored(bot.databaseUrl), server.id);
    expect(left).toEqual([expect.stringMatching(new RegExp(`^damaged:${key}:[0-9a-f]{8}$`))]);
  });

  it('can be removed again, and used again', async () => {
    const scene = await leftByPlay();
    const { server, ada, clock } = scene;
    const { retention, practice, profiles } = await reopened(scene);
    await retention.forgetServer(server.id);
    await retention.forgetServer(server.id);
    const asking = {
      guildId: server.id,
      channelId: '5',
      askerId: ada.id,
      isPrivate: true,
      atMs: clock.now(),
    };
    await practice.ask({ ...asking, id: '77' }, { topic: 'facts' }, async () => undefined);
    await practice.submit('77', { id: ada.id, name: 'Ada' }, { picks: [0] }, clock.now());
    expect((await profiles.get(server.id, ada.id)).days.total).toBe(1);
    await retention.forgetServer(server.id);
    expect((await profiles.get(server.id, ada.id)).days.total).toBe(0);
  });
});

describe('a member whose data is removed', () => {
  it('is nowhere any more in the scopes that were named, and the others are unharmed', async () => {
    const scene = await leftByPlay();
    const { server, ada, ben, cyd, bot, other } = scene;
    const rooms = await reopened(scene);
    const others = [ben.id, cyd.id];
    const before = await seen(rooms, server.id, others);
    expect(before.rows.map(({ member }) => member)).toContain(ada.id);

    await rooms.retention.forgetMember([server.id], ada.id);
    const after = await seen(rooms, server.id, others);
    expect(after.profiles).toEqual(before.profiles);
    const lines = (rows: typeof before.rows) => rows.map(({ rank: _, ...line }) => line);
    expect(lines(after.rows)).toEqual(lines(before.rows.filter(({ member }) => member !== ada.id)));
    expect((await rooms.ledger.audit(server.id)).sound).toBe(true);
    await rooms.close();

    const records = await recordsIn(bot.databaseUrl);
    const isElsewhere = ({ key, value }: Stored): boolean =>
      `${key} ${value}`.includes(other) ||
      key.includes(`dm-${ada.id}`) ||
      // The list of direct messages' reminders.
      key.startsWith('reminders:direct:') ||
      (key.startsWith('card:') && !value.includes('guildId'));
    const answers = new Set(answersTo(records, records.filter(isElsewhere)));
    const elsewhere = (record: Stored): boolean => isElsewhere(record) || answers.has(record);
    expect(
      mentionsOf(
        records.filter((record) => !elsewhere(record)),
        ada.id,
      ),
    ).toEqual([]);
    expect(mentionsOf(records.filter(elsewhere), ada.id).length).toBeGreaterThan(3);
    const stays = ['card:', 'given:', 'game:', 'daily-answers:', 'ledger:', 'profile:', 'members:'];
    for (const kind of stays)
      expect(mentionsOf(records, ben.id).some((key) => key.startsWith(kind))).toBe(true);
  });

  it('is nowhere at all once every scope was named', async () => {
    const scene = await leftByPlay();
    const { server, ada, ben, bot, other } = scene;
    const rooms = await reopened(scene);
    await rooms.retention.forgetMember([server.id, other, `dm-${ada.id}`], ada.id);
    await rooms.retention.forgetMember([server.id, other, `dm-${ada.id}`], ada.id);
    await rooms.close();
    const records = await recordsIn(bot.databaseUrl);
    expect(mentionsOf(records, ada.id)).toEqual([]);
    expect(mentionsOf(records, `dm-${ben.id}`).length).toBeGreaterThan(1);
  });

  it('can answer the daily question of the day again, as somebody new', async () => {
    const scene = await leftByPlay();
    const { server, ben, clock } = scene;
    const { retention, daily, ledger } = await reopened(scene);
    await daily.serversReady([server.id]);
    const card = `${server.id}-2026-03-05`;
    const rank = async () => (await ledger.rank(server.id, { period: 'all', zone: 'UTC' }, ben.id))?.own;
    expect((await rank())?.answered).toBe(3);
    await retention.forgetMember([server.id], ben.id);
    expect(await rank()).toBeUndefined();
    await daily.submit(card, { id: ben.id, name: 'Ben' }, { picks: [0] }, clock.now());
    await daily.off(server.id);
    expect(await rank()).toMatchObject({ answered: 1 });
  });

  it('leaves a running quiz, which goes on and counts nothing of theirs', async () => {
    const scene = await leftByPlay();
    const { server, ada, ben, cyd, bot, clock } = scene;
    const rooms = await reopened(scene);
    await rooms.quiz.serversReady([server.id]);
    const id = (await rooms.quiz.inChannel(server.id, server.channel('lounge').id)) ?? '';
    const answers = () => rooms.quiz.look(id, ({ given }) => answersIn(given, 0).size);
    expect(await answers()).toBe(2);
    await rooms.retention.forgetMember([server.id], ada.id);
    await rooms.retention.forgetMember([server.id], ben.id);
    expect(await answers()).toBe(1);
    expect(await rooms.quiz.look(id, ({ game }) => game.phase.name)).not.toBe('over');
    await clock.advance('40s');
    await rooms.quiz.act(id, { kind: 'end', ending: 'stopped' });
    await clock.settle();
    const board = await rooms.ledger.page(server.id, { period: 'all', zone: 'UTC' }, { index: 0 });
    // The open round was answered by Cyd alone then, which is practice.
    expect(board.rows).toMatchObject([{ member: cyd.id, answered: 2, right: 0 }]);
    await rooms.close();
    const records = await recordsIn(bot.databaseUrl);
    for (const member of [ada, ben]) {
      const left = records.filter(
        ({ key }) => /^(game|given|ledger|profile|members):/.test(key) && !key.includes('dm-'),
      );
      expect(
        mentionsOf(
          left.filter(({ key }) => !key.includes(scene.other)),
          member.id,
        ),
      ).toEqual([]);
    }
  });
});
