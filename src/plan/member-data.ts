import { memberData } from '../people/member-data.js';
import { namedDate } from '../time/date-names.js';
import { planSchema } from './records.js';

export const planOfMember = memberData(planSchema, ({ date, minutes }) => [
  `1 plan to an interview on ${namedDate(date)} ${date.slice(0, 4)}, ${minutes} minutes a day, and how you stood when you made it`,
]);
