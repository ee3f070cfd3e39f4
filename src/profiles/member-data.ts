import { count } from '../discord/count.js';
import { memberData } from '../people/member-data.js';
import { profileSchema } from './profile.js';
import { answeredCells, sum } from './tallies.js';

export const profileOfMember = memberData(profileSchema, (profile) => {
  const { total } = sum(answeredCells(profile));
  return [
    `1 profile for your stats: ${count(total, 'answer')} by topic and level, streaks, days of activity`,
  ];
});
