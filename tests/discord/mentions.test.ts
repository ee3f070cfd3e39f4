import { ApplicationCommandOptionType, REST } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { container, text } from '../../src/discord/components.js';
import { clickable, clickableParts, commandMentions, mentionCommands } from '../../src/discord/mentions.js';
import { stage } from '../helpers/stage.js';

const sub = (name: string) =>
  ({ type: ApplicationCommandOptionType.Subcommand, name, description: 'x' }) as const;

const mentions = commandMentions(
  [
    { name: 'daily', options: [sub('set'), sub('off')] },
    {
      name: 'stats',
      options: [{ type: ApplicationCommandOptionType.User, name: 'member', description: 'x' }],
    },
    { name: 'unknown' },
  ],
  new Map([
    ['daily', '1'],
    ['stats', '2'],
  ]),
);

describe('a command named in a code span', () => {
  const rest = new REST();
  mentionCommands(rest, mentions);

  it.each([
    ['Try `/daily set` again.', 'Try </daily set:1> again.'],
    ['`/stats` and `/daily off`', '</stats:2> and </daily off:1>'],
    ['`/daily`', '`/daily`'],
    ['`/daily set time:9`', '`/daily set time:9`'],
    ['`/unknown`', '`/unknown`'],
    ['`` `/stats` ``', '`` `/stats` ``'],
    ['```\n`/statsx`\n```', '```\n`/statsx`\n```'],
    ['path `/api`', 'path `/api`'],
  ])('%j is sent as %j', (written, sent) => {
    expect(clickable(rest, written)).toBe(sent);
    expect(clickableParts(rest, [container([text(written)])])).toEqual([container([text(sent)])]);
  });

  it('stays as it is while no commands are registered', () => {
    expect(clickable(new REST(), '`/stats`')).toBe('`/stats`');
  });

  it('can be clicked on in cards and in refusals', async () => {
    const { ada } = await stage();
    expect((await ada.slash('/stats')).text).toMatch(/<\/question basic:\d+> asks a first question/);
    expect((await ada.slash('/daily status')).text).toMatch(/<\/daily set:\d+>/);
    expect((await ada.slash('/daily off')).text).toMatch(/<\/daily status:\d+>/);
  });
});
