import { z } from 'zod';
import { logType } from '../store/log-segments.js';
import { recordType } from '../store/store.js';
import { interviewSchema } from './session.js';

/** An interview by its id; kept when it is over, for the histories of those who were in it. */
export const interviewRecord = recordType('interview', interviewSchema);

/** The ids of all interviews of a server, so that they can be found and removed. */
export const interviewsLog = logType('interviews', z.string());

/** The ids of a server's interviews that are running. */
export const interviewsRunningRecord = recordType('interviews-running', z.array(z.string()));

/** The ids of the last interviews that a member was in, by `<server>/<member>`, oldest first. */
export const interviewsOfRecord = recordType('interviews-of', z.array(z.string()));
