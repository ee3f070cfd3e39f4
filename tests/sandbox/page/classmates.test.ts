import { LocalDiscord } from 'local-discord';
import { expect, onTestFinished, test } from 'vitest';
import { Classmates, type Knows } from '../../../src/sandbox/web/classmates.js';
import { startBot } from '../../helpers/discord.js';

const button = (label: string, disabled = false) => ({
  type: 2,
  style: 2,
  label,
  custom_id: label,
  disabled,
});
const letters = ['A', 'B', 'C', 'D'];

/** A server with a bot that writes down every press, and ten classmates of one skill. */
async function classroom({ skill = 0.5, knows }: { skill?: number; knows?: Knows } = {}) {
  const discord = await LocalDiscord.start();
  onTestFinished(() => discord.close());
  const server = discord.server('Study group', { channels: ['drills'] });
  const drills = server.channel('drills');
  const all = discord.members(10, { server }).map((member) => ({ member, skill, slowness: 1 }));
  const pressed: { who: string; what: string }[] = [];
  const bot = await startBot(discord, async (interaction) => {
    if (!interaction.isButton()) return;
    pressed.push({ who: interaction.user.id, what: interaction.customId });
    await interaction.reply({ content: 'Recorded', flags: 64 });
  });
  const company = new Classmates({ discord, all, knows, pace: 0.001 });
  onTestFinished(() => company.close());
  const post = (content: string, labels: readonly string[]) =>
    bot.rest.post(`/channels/${drills.id}/messages`, {
      body: { content, components: [{ type: 1, components: labels.map((label) => button(label)) }] },
    });
  return { company, post, pressed, all };
}

const round = '### Round 1 of 3 · Queries';

test('they join a lobby, each once', async () => {
  const { post, pressed, all } = await classroom();
  await post('### Quiz lobby', ['Join', 'Leave', 'Start now']);
  await expect.poll(() => pressed.length).toBe(all.length);
  expect(new Set(pressed.map(({ who }) => who)).size).toBe(all.length);
  expect(new Set(pressed.map(({ what }) => what))).toEqual(new Set(['Join']));
});

test.each(['### Queries · advanced', '### Daily question 1', round])(
  'they answer %s, each once',
  async (title) => {
    const { post, pressed, all } = await classroom();
    await post(title, letters);
    await expect.poll(() => pressed.length).toBe(all.length);
    expect(new Set(pressed.map(({ who }) => who)).size).toBe(all.length);
    for (const { what } of pressed) expect(letters).toContain(what);
  },
);

test.each([
  ['who know everything choose the right one', 1, (right: number) => right === 10],
  ['who know nothing do not', 0, (right: number) => right === 0],
])('those %s', async (_, skill, fits) => {
  const { post, pressed } = await classroom({ skill, knows: async (customId) => customId === 'C' });
  await post(round, letters);
  await expect.poll(() => pressed.length).toBe(10);
  expect(pressed.filter(({ what }) => what === 'C').length).toSatisfy(fits);
});

test('without anybody who knows, they guess', async () => {
  const { post, pressed } = await classroom({ skill: 1 });
  await post(round, letters);
  await expect.poll(() => pressed.length).toBe(10);
  expect(new Set(pressed.map(({ what }) => what)).size).toBeGreaterThan(1);
});

test('sent away, they leave the quiz and answer nothing; back again, they do', async () => {
  const { company, post, pressed, all } = await classroom();
  await post('### Quiz under way', ['Join', 'Leave']);
  await company.set(false);
  expect(pressed.map(({ what }) => what)).toEqual(all.map(() => 'Leave'));
  await post(round, letters);
  await company.set(true);
  await post('### Round 2 of 3 · Queries', letters);
  await expect.poll(() => pressed.length).toBe(2 * all.length);
});
