import { z } from 'zod';
import type { Schema } from './schema-nodes.js';

const id = z.string().regex(/^\d{1,20}$/);
const image = z.string().nullish();
const webhookName = z.string().trim().min(1).max(80);

/** Bodies that Discord's published description has no schema of its own for. */
export const ownSchemas = {
  /** https://docs.discord.com/developers/resources/guild#modify-guild-member */
  memberEdit: z.object({
    nick: z.string().max(32).nullish(),
    roles: z.array(id).nullish(),
    mute: z.boolean().nullish(),
    deaf: z.boolean().nullish(),
    channel_id: id.nullish(),
    communication_disabled_until: z.iso.datetime().nullish(),
    flags: z.int().nullish(),
  }),
  /** https://docs.discord.com/developers/resources/guild#modify-current-member */
  ownMemberEdit: z.object({ nick: z.string().max(32).nullish(), avatar: image, banner: image, bio: image }),
  /** https://docs.discord.com/developers/resources/webhook#create-webhook */
  webhookMake: z.object({ name: webhookName, avatar: image }),
  webhookChange: z.object({ name: webhookName.optional(), avatar: image, channel_id: id.nullish() }),
  rolePositions: z.array(z.object({ id, position: z.int().nullish() })),
  bulkDelete: z.object({ messages: z.array(id) }),
} as const satisfies Readonly<Record<string, unknown>> as unknown as Readonly<
  Record<
    'memberEdit' | 'ownMemberEdit' | 'webhookMake' | 'webhookChange' | 'rolePositions' | 'bulkDelete',
    Schema
  >
>;
