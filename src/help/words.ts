export const title = '### Interview Drills\nDrill interview questions together, from basic to advanced.';
export const sectionTitle = (name: string): string => `### ${name}`;

export const pointsWords =
  '-# Answers are private until the reveal. Right answers in quizzes with others and to daily questions earn points: 100, 150 or 200 by level, more for speed and for a streak of days. The same question earns you points once in seven days.';

/** Said of a pack that is not asked by default. */
export const chooseWords = (pack: string): string => ` (choose it with \`topic: ${pack}\`)`;

/** Titles in one line, without what all of them begin with (`Python: `); those beyond the length are counted. */
export function titleList(titles: readonly string[], longest: number): string {
  const [start] = /^[^:]+: /.exec(titles[0] ?? '') ?? [''];
  const isShared = titles.length > 1 && titles.every((title) => title.startsWith(start));
  const names = titles.map((title) => (isShared ? title.slice(start.length) : title));
  let line = '';
  for (const [index, name] of names.entries()) {
    const longer = index === 0 ? name : `${line} · ${name}`;
    if (longer.length > longest) return `${line} · and ${names.length - index} more`;
    line = longer;
  }
  return line;
}

export const topicGone = 'This topic is no longer in the bank. `/help` shows those that are.';

export const sections = ['start', 'drill', 'group', 'trainer', 'schedules', 'privacy', 'topics'] as const;
/** A screen of the help; `start` is the first. */
export type Section = (typeof sections)[number];

export const chooseSection = 'More about …';
/** By section: its name in the list, and what it is about. */
export const sectionNames: Readonly<Record<Section, readonly [string, string]>> = {
  start: ['First steps', 'What to try first'],
  drill: ['Drill', 'Questions one by one, and how you stand'],
  group: ['Group', 'Quizzes, mock interviews and the leaderboard'],
  trainer: ['Trainer', 'Reviews and a plan to your interview'],
  schedules: ['Schedules', 'A daily question and a weekly quiz night'],
  privacy: ['Privacy and points', 'What is stored about you, and what earns points'],
  topics: ['Topics and levels', 'What the bank asks'],
};

const question = '`/question any` asks one; everybody answers once, then reveal it together.';
const quiz = '`/quiz start` opens a timed quiz for the whole channel.';
const review = '`/review start` brings back what you got wrong, when it is due.';
const stats = '`/stats` shows how ready you are, and what to do next.';
const privately = '`private: True` with it keeps a question to yourself.';
const plan = '`/plan set` plans what to study on which day, to the day of your interview.';

const lines: Readonly<Record<Exclude<Section, 'topics'>, readonly string[]>> = {
  start: [question, quiz, review, stats],
  drill: [
    question,
    privately,
    '`/stats` shows accuracy by topic and level, streaks, weak spots, and starts a drill on them.',
  ],
  group: [
    `${quiz} \`/quiz status\`, \`/quiz skip\` and \`/quiz stop\` steer it.`,
    '`/interview start` opens a mock interview among you: a panel with candidate, interviewer and observers, or in writing. `/interview history` keeps your feedback.',
    '`/leaderboard` ranks the server: all time, this month, this week, or one topic.',
  ],
  trainer: [
    review,
    '`/review remind` writes to you on days with something due.',
    plan,
    '`/plan show` has today’s share.',
  ],
  schedules: [
    '`/daily set` posts a question every day at your hour (needs Manage Server). `/daily status` tells when the next one comes.',
    '`/night set` holds a quiz every week (needs Manage Server). `/night status` shows the next nights and the season.',
  ],
  privacy: [
    '`/privacy show` says what is stored about you; `/privacy export` hands it to you, `/privacy hide` keeps you off boards, `/privacy delete` erases it.',
  ],
};

/** What belongs to a server, and is not there in direct messages. */
export const inServersOnly: readonly Section[] = ['group', 'schedules'];
const serversNote =
  '-# Quizzes, daily questions, interviews and leaderboards belong to a server: use them there.';

export function commandLines(section: Exclude<Section, 'topics'>, inGuild: boolean): string {
  const shown = lines[section].map((line) => (line === quiz && !inGuild ? plan : line));
  const bullets = shown.map((line) => `- ${line}`).join('\n');
  return section === 'start' && !inGuild ? `${bullets}\n${serversNote}` : bullets;
}
