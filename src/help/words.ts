export const title = '### Interview Drills\nDrill interview questions together, from basic to advanced.';

export const pointsWords =
  '-# Answers are private until the reveal. Right answers in quizzes with others and to daily questions earn points: 100, 150 or 200 by level, more for speed and for a streak of days. The same question earns you points once in seven days.';

/** Said of a pack that is not asked by default. */
export const chooseWords = (pack: string): string => ` (choose it with \`topic: ${pack}\`)`;

export const topicGone = 'This topic is no longer in the bank. `/help` shows those that are.';

export function commandLines(inGuild: boolean): string {
  const question = `\`/question any\` asks a question; everybody answers once, then reveal it together. \`private: True\` keeps it to yourself.`;
  const stats = `\`/stats\` shows how ready you are: accuracy by topic and level, streaks, weak spots.`;
  const plan = `\`/plan set\` plans what to study on which day, to the day of your interview; \`/plan show\` has today’s share.`;
  const review = `\`/review start\` brings back what you got wrong, when it is due; \`/review remind\` writes to you then.`;
  const inServers = [
    `\`/quiz start\` opens a timed quiz for the whole channel. \`/quiz status\`, \`/quiz skip\` and \`/quiz stop\` steer it.`,
    `\`/leaderboard\` ranks the server: all time, this month, this week, or one topic.`,
    `\`/daily set\` posts a question every day at your hour (needs Manage Server). \`/daily status\` tells when the next one comes.`,
    `\`/interview start\` opens a mock interview among you: a panel with candidate, interviewer and observers, or in writing. \`/interview history\` keeps your feedback.`,
    `\`/night set\` holds a quiz every week (needs Manage Server). \`/night status\` shows the next nights and the season.`,
  ];
  const privacy = `\`/privacy show\` says what is stored about you; export it, hide yourself, or have it erased.`;
  const own = [review, plan, stats, privacy];
  const lines = inGuild ? [question, ...inServers, ...own] : [question, ...own];
  const note = inGuild
    ? ''
    : '\n-# Quizzes, daily questions, interviews and leaderboards belong to a server: use them there.';
  return lines.map((line) => `- ${line}`).join('\n') + note;
}
