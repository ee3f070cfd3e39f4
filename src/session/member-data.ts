import { memberData } from '../people/member-data.js';
import { sessionSchema } from './records.js';

export const sessionOfMember = memberData(sessionSchema, () => ['your last private session of questions']);
