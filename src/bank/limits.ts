/**
 * What the texts of a question may be long, in characters. A card that is revealed shows a question with its
 * answer and how the group answered, in one message: Discord takes 4,000 characters of text displays in it.
 * `card` is what the author's texts may take together; the rest is for what the program adds.
 */
export const limits = {
  id: 60,
  title: 60,
  /** Beside a number on a button, which a phone shows in one line. */
  short: 24,
  description: 100,
  prompt: 600,
  codeLines: 25,
  /** What a phone of 360 px shows of a code block without scrolling. */
  codeColumns: 48,
  exhibits: 4,
  exhibitTitle: 40,
  /** Of all exhibits of a question together. */
  exhibitLines: 40,
  option: 200,
  why: 200,
  explanation: 900,
  claims: 12,
  source: 200,
  sources: 3,
  accepted: 80,
  point: 200,
  phrase: 160,
  phrases: 20,
  weight: 3,
  modelAnswer: 1500,
  sample: 1500,
  card: 3200,
} as const;
