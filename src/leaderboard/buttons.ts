import type { Bank } from '../bank/bank.js';
import type { ComponentInteraction, ComponentRoute } from '../discord/command.js';
import { UserError } from '../discord/errors.js';
import type { Outgoing } from '../discord/outgoing.js';
import { reply, update } from '../discord/respond.js';
import type { Scores } from '../ledger/ledger.js';
import { periods } from '../ledger/periods.js';
import { anyTopic, leaderboardCard, leaderboardFeature, type ShownFilter } from './cards.js';

interface Parts {
  readonly scores: Scores;
  readonly bank: Bank;
  zoneOf(guildId: string): Promise<string>;
}

/** The buttons below a leaderboard. All they need is in their custom ids, so they work at any age. */
export function leaderboardButtons(parts: Parts): ComponentRoute {
  return {
    feature: leaderboardFeature,
    async handle(interaction, action, args) {
      const guildId = guildOf(interaction);
      const filter = readFilter(args);
      const member = interaction.user.id;
      if (action === 'page') {
        await update(interaction, await showPage(parts, guildId, filter, { index: Number(args[2]) }));
      } else if (action === 'mine') {
        await reply(interaction, await showPage(parts, guildId, filter, { member }));
      } else throw noUse();
    },
  };
}

/** A page of a server's leaderboard as it stands now; for a member, the page around them with their rank. */
export async function showPage(
  { scores, bank, zoneOf }: Parts,
  guildId: string,
  { period, topic }: ShownFilter,
  where: { index: number } | { member: string },
): Promise<Outgoing> {
  const [guild, zone] = await Promise.all([scores.open(guildId), zoneOf(guildId)]);
  const filter = { period, topic, zone };
  const page = await guild.page(filter, where);
  const own =
    'member' in where
      ? { member: where.member, standing: await guild.rank(filter, where.member) }
      : undefined;
  const topicTitle = topic && (bank.topic(topic)?.title ?? topic);
  return leaderboardCard({ page, filter, topicTitle, ...(own && { own }) });
}

export function guildOf({ guildId }: Pick<ComponentInteraction, 'guildId'>): string {
  if (!guildId) throw new UserError('Leaderboards belong to a server. Ask for one there.');
  return guildId;
}

function readFilter([period, topic]: readonly string[]): ShownFilter {
  const known = periods.find((one) => one === period);
  if (!known || !topic) throw noUse();
  return { period: known, topic: topic === anyTopic ? undefined : topic };
}

const noUse = (): UserError =>
  new UserError('This button has no use any more. `/leaderboard` shows the current standings.');
