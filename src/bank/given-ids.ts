import { z } from 'zod';

/** What a topic's or a question's id may look like where it comes from elsewhere, e.g. in a custom id. */
export const givenId = z.string().regex(/^[a-z0-9-]{1,60}$/);

/** A topic's id, or `*` for any. */
export const givenTopic = z.union([z.literal('*'), givenId]);
