import { expect, it } from 'vitest';
import { bodySchemas } from '../src/checks/body-schemas.js';
import { quick } from '../src/checks/quick-schema.js';
import { seeded } from '../src/index.js';

const words = (content: string) => ({ type: 10, content });
const button = (label: string) => ({
  type: 2,
  style: 2,
  label,
  custom_id: `press:${label}`,
  disabled: false,
});
const row = { type: 1, components: [button('A'), button('B')] };
const choice = { type: 3, custom_id: 'choose', options: [{ label: 'One', value: '1' }], min_values: 1 };
const media = { url: 'attachment://picture.png' };
const parts = [
  words('What is **x**?'),
  { type: 14, divider: true, spacing: 1 },
  { type: 9, components: [words('Beside it')], accessory: button('C') },
  { type: 12, items: [{ media, description: 'A podium' }] },
  { type: 13, file: media },
  row,
];
const message = {
  flags: 32_768,
  content: null,
  allowed_mentions: { parse: ['users'] },
  components: [{ type: 17, accent_color: 255, components: parts }, row, { type: 1, components: [choice] }],
  embeds: [{ title: 'T', fields: [{ name: 'n', value: 'v', inline: true }] }],
};
const command = {
  type: 1,
  name: 'quiz',
  description: 'Quizzes',
  options: [
    {
      type: 1,
      name: 'start',
      description: 'Begin',
      options: [
        { type: 4, name: 'rounds', description: 'How many', min_value: 1, max_value: 30 },
        { type: 3, name: 'topic', description: 'Which', autocomplete: true },
        { type: 3, name: 'mode', description: 'How', choices: [{ name: 'Race', value: 'race' }] },
      ],
    },
  ],
};
const modal = {
  type: 9,
  data: {
    custom_id: 'form',
    title: 'Your answer',
    components: [
      { type: 18, label: 'Words', component: { type: 4, custom_id: 'words', style: 2, required: true } },
      { type: 1, components: [{ type: 4, custom_id: 'more', label: 'More', style: 1 }] },
      { type: 10, content: 'Take your time.' },
    ],
  },
};

const bodies = [
  ['messageCreate', message],
  ['messageEdit', message],
  ['callback4', { type: 4, data: message }],
  ['callback7', { type: 7, data: message }],
  ['callback9', modal],
  ['commandCreate', command],
  ['forumPost', { name: 'A post', message }],
  ['channelCreate', { name: 'general', type: 0, permission_overwrites: [{ id: '1', type: 0, allow: 1 }] }],
] as const;

/** Another value, or none, at any place of a body. */
function spoilt(body: unknown, random: () => number): unknown {
  const copy: unknown = structuredClone(body);
  const places: [holder: Record<string, unknown>, key: string][] = [];
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const [key, inner] of Object.entries(value)) {
      places.push([value as Record<string, unknown>, key]);
      visit(inner);
    }
  };
  visit(copy);
  const [holder, key] = places[Math.floor(random() * places.length)] ?? [{}, ''];
  const others = [undefined, null, 0, 1, 2, 4, 10, 17, 99, '', '1', 'x'.repeat(5_000), true, [], {}, [row]];
  const chosen = Math.floor(random() * (others.length + 1));
  if (chosen === others.length) delete holder[key];
  else holder[key] = others[chosen];
  return copy;
}

it.each(bodies)('what is quicker takes and refuses the same: %s', (kind, body) => {
  const schema = bodySchemas[kind];
  expect(quick(schema).safeParse(body).success).toBe(true);
  const random = seeded(1);
  const outcomes = { taken: 0, refused: 0 };
  for (let run = 0; run < 80; run++) {
    const other = spoilt(body, random);
    const { success } = schema.safeParse(other);
    outcomes[success ? 'taken' : 'refused']++;
    if (quick(schema).safeParse(other).success !== success)
      expect.fail(`${success ? 'refused' : 'taken'}: ${JSON.stringify(other)}`);
  }
  expect(Math.min(outcomes.taken, outcomes.refused)).toBeGreaterThan(1);
});
