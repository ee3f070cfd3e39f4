import type { Member } from 'local-discord';
import { expect } from 'vitest';
import type { InterviewScene } from './scene.js';

/** Words of the bank that only the interviewer may see before the end. */
export const secrets = ['KEYPOINT', 'REDFLAG', 'MODELANSWER', 'EXPLANATION', 'GOODSAMPLE', 'BADSAMPLE'];

/** What of these reached anybody's client but these people's, in any state of any message or form. */
export function seenBy(
  scene: InterviewScene,
  words: readonly string[],
  except: readonly Member[] = [],
): string[] {
  const ids = new Set(except.map(({ id }) => id));
  return scene.discord.shown
    .all()
    .filter(({ to }) => to === undefined || !ids.has(to))
    .flatMap(({ to, what }) => {
      const text = JSON.stringify(what);
      return words
        .filter((word) => text.includes(word))
        .map((word) => `${word} to ${to ?? 'all'}: ${text.slice(0, 200)}`);
    });
}

export const expectSecret = (
  scene: InterviewScene,
  words: readonly string[],
  except: readonly Member[] = [],
) => expect(seenBy(scene, words, except)).toEqual([]);
