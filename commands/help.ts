import {
  ApplicationIntegrationType,
  chatInputApplicationCommandMention,
  InteractionContextType,
  SlashCommandBuilder,
} from 'discord.js';
import type { Command } from '../src/discord/command.js';
import { container, text } from '../src/discord/components.js';
import { reply } from '../src/discord/respond.js';
import type { Services } from '../src/services.js';

export default {
  data: new SlashCommandBuilder()
    .setName('help')
    .setDescription('What this bot can do')
    .setIntegrationTypes(ApplicationIntegrationType.GuildInstall)
    .setContexts(InteractionContextType.Guild, InteractionContextType.BotDM)
    .toJSON(),

  async execute(interaction, services) {
    const { topics, all } = services.bank;
    await reply(interaction, {
      components: [
        container(
          [
            text('### Interview Drills\nDrill interview questions together, from basic to advanced.'),
            text(overview(services, interaction.inGuild())),
            text(
              `**The bank** has ${all.length} questions on ${topics.length} topics:\n${topics.map(({ title }) => title).join(' · ')}`,
            ),
            text(
              '-# Answers are private until the reveal. Right answers in quizzes and daily questions earn points: 100, 150 or 200 by level, more for speed and for a streak of days.',
            ),
          ],
          0x5865f2,
        ),
      ],
    });
  },
} satisfies Command;

function overview(services: Services, inGuild: boolean): string {
  const ids = services.commandIds();
  const mention = (command: string): string => {
    const [name = '', sub] = command.split(' ');
    const id = ids.get(name);
    if (!id) return `\`/${command}\``;
    return sub
      ? chatInputApplicationCommandMention(name, sub, id)
      : chatInputApplicationCommandMention(name, id);
  };
  const everywhere = [
    `${mention('question any')} asks a question; everybody answers once, then reveal it together. \`private: True\` keeps it to yourself.`,
    `${mention('stats')} shows how ready you are: accuracy by topic and level, streaks, weak spots.`,
  ];
  const inServers = [
    `${mention('quiz start')} opens a timed quiz for the whole channel. ${mention('quiz status')}, ${mention('quiz skip')} and ${mention('quiz stop')} steer it.`,
    `${mention('leaderboard')} ranks the server: all time, this month, this week, or one topic.`,
    `${mention('daily set')} posts a question every day at your hour (needs Manage Server). ${mention('daily status')} tells when the next one comes.`,
  ];
  const lines = inGuild ? [everywhere[0], ...inServers, everywhere[1]] : everywhere;
  const note = inGuild
    ? ''
    : '\n-# Quizzes, daily questions and leaderboards belong to a server: use them there.';
  return lines.map((line) => `- ${line}`).join('\n') + note;
}
