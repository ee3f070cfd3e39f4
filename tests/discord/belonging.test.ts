import type { Card, Member } from 'local-discord';
import { expect, it } from 'vitest';
import { cardRoutes } from '../../src/asking/card-routes.js';
import { dailyFeature } from '../../src/daily/post/cards.js';
import { interviewRoutes } from '../../src/interview/buttons.js';
import { interviewFeature } from '../../src/interview/ids.js';
import { practiceRoutes } from '../../src/question/buttons.js';
import { questionFeature } from '../../src/question/cards.js';
import { quizRoutes } from '../../src/quiz/buttons.js';
import { quizFeature } from '../../src/quiz/ids.js';
import { isLong } from '../helpers/long.js';
import { firstRound, stage } from '../helpers/stage.js';

const anything = { cardId: { parse: String } } as never;
/** Every shape of arguments after the thing's own id. */
const rests = ['', ':0', ':0:0', ':0:A', ':0:A:0', ':A', ':A:0'];
/** An interview's have the number of what opened a form at their end. */
const formRests = ['', ':0', ':0:0', ':0:100000000000000001', ':0:0:100000000000000001'];

const idIn = (card: Card): string => card.buttons[0]?.customId?.split(':')[2] ?? '';

it('no button of a quiz, a card, a daily question or an interview does anything in another server or channel', async () => {
  const scene = await stage();
  const { ada, ben, clock, discord, drills, server } = scene;
  const other = discord.server('Other group', { channels: ['there'] });
  const zoe = discord.member('Zoe', { server: other });
  ada.allow('ManageGuild');
  await ada.slash('/daily set time:12:01 timezone:UTC level:basic');
  const posted = drills.waitFor(({ text }) => text.includes('Daily question'));
  await clock.advance('1m');
  const daily = await posted;
  const asked = (await ada.slash('/question advanced topic:queries')).message;
  // Of another channel than the quiz's.
  const talk = server.channel('talk');
  const lobby = (await ada.slash('/interview start', { channel: talk })).message;
  const round = await firstRound(scene, 'rounds:1 seconds:300');
  const foreign: readonly (readonly [Member, Card])[] = [
    [zoe, zoe.says('hello', other.channel('there'))],
    [ben, ben.says('hello', server.channel('lounge'))],
  ];
  const things = [
    [quizFeature, quizRoutes(anything, anything, anything, anything), idIn(round), rests],
    [questionFeature, practiceRoutes(anything, anything), idIn(asked), rests],
    [dailyFeature, cardRoutes(anything, anything), idIn(daily), rests],
    [interviewFeature, interviewRoutes(anything), idIn(lobby), formRests],
  ] as const;
  for (const [, , id] of things) expect(id).toMatch(/^\d{17,20}/);
  const requests = discord.requests.length;
  let presses = 0;
  // From there and from here in turn; in the long suite from both.
  for (const [feature, routes, id, shapes] of things)
    for (const action of Object.keys(routes))
      for (const rest of shapes)
        for (const [member, on] of isLong ? foreign : foreign.slice(presses % 2).slice(0, 1)) {
          const reply = await member.pressId(on, `${feature}:${action}:${id}${rest}`);
          expect(reply.text, `${feature}:${action}${rest}`).toContain('This button is of no use here.');
          presses += 1;
        }
  expect(discord.requests.length - requests).toBe(presses);
});
