import { describe, expect, test } from 'vitest';
import { needs } from '../../scripts/check/machines.js';
import { hiddenPremises, isShown, variantsOf } from '../../scripts/check/premises.js';
import { machinesHere } from './machines.js';
import { question, topicOf } from './placed.js';

const machines = await machinesHere(['django', 'python']);
const hasDjango = machines.some(({ ground }) => ground === 'django');
if (!hasDjango) process.stderr.write(`Premises are not tried: they need ${needs.django}\n`);

const python = machines.find(({ ground }) => ground === 'python')?.python ?? 'python3';
const factsOf = async (setup: string, code = '', hidden = false) => {
  const found = await variantsOf(python, [{ id: 'a', setup, code, hidden }]);
  return (found.get('a') ?? []).map(({ fact, name, value }) => `${fact} ${name} ${value}`.trim());
};

describe('variants', () => {
  test('change one fact of a set-up each', async () => {
    const setup = `
client = Client(enforce_csrf_checks=True)
settings.APPEND_SLASH = False
settings.ROOT_URLCONF = ()
class Form(forms.Form):
    name = forms.CharField(required=False, label="x")
class Two(Paginator):
    page_size = 2
    ordering = ["name"]
for n in range(3):
    rows.order_by("n")
`;
    expect((await factsOf(setup)).sort()).toEqual([
      'client enforce_csrf_checks True',
      'field option required False',
      'number of rows range 3',
      'number page_size 2',
      "ordering order_by rows.order_by('n')",
      "ordering ordering ['name']",
      'setting APPEND_SLASH False',
    ]);
  });

  test('change hidden code too, but none of its numbers', async () => {
    const code =
      'class F(forms.Form):\n    a = forms.IntegerField(required=False)\n    size = 3\nprint(range(3))';
    expect(await factsOf('', code)).toEqual([]);
    expect(await factsOf('', code, true)).toEqual(['field option required False']);
  });

  test('are none of what cannot be parsed', async () => {
    expect(await factsOf('this is not Python')).toEqual([]);
  });
});

describe('a fact is on show', () => {
  const shown = (fact: string, name: string, value: string, part: object) =>
    isShown({ fact, name, value, setup: '', code: '' }, question(part));

  test.each([
    ['setting', 'APPEND_SLASH', 'False', { prompt: 'With `APPEND_SLASH = False`?' }],
    ['setting', 'MIDDLEWARE', "['csp.ContentSecurity']", { code: 'class ContentSecurity: ...' }],
    ['field option', 'required', 'False', { prompt: 'The field is optional.' }],
    ['number of rows', 'range', '3', { prompt: 'There are three shows.' }],
    ['number of rows', 'range', '20', { prompt: 'There are 20 shows.' }],
    ['ordering', 'ordering', "['name']", { prompt: 'Shows are ordered by name.' }],
    ['client', 'enforce_csrf_checks', 'True', { prompt: 'A browser posts. What comes back?' }],
    ['client', 'enforce_csrf_checks', 'True', { code: 'client = Client(enforce_csrf_checks=True)' }],
  ])('%s %s %s', (fact, name, value, part) => {
    expect(shown(fact, name, value, part)).toBe(true);
  });

  test.each([
    ['setting', 'APPEND_SLASH', 'False', { prompt: 'What comes back?' }],
    ['number of rows', 'range', '3', { prompt: 'There are 30 shows, in 13 rows.' }],
    ['number of rows', 'range', '3', { options: [{ right: '`3`' }, { wrong: '4' }] }],
    ['client', 'enforce_csrf_checks', 'True', { code: 'client.post("/")' }],
  ])('but not %s %s %s', (fact, name, value, part) => {
    expect(shown(fact, name, value, part)).toBe(false);
  });
});

describe.runIf(hasDjango)('what only the proof has and the answer hangs on', () => {
  const found = async (part: object) =>
    (await hiddenPremises(topicOf([question(part)]), machines)).map(({ message }) => message);

  const setup = `from django.conf import settings
from django.http import HttpResponse
from django.test import Client
from django.urls import path
settings.ROOT_URLCONF = (path("", lambda request: HttpResponse()),)
client = Client(enforce_csrf_checks=True)`;

  test('is a client that is not a plain one', async () => {
    const verify = { setup, prints: '403' };
    const code = 'print(client.post("/").status_code)';
    expect(await found({ code, verify })).toEqual([
      '`first`: the answer hangs on `enforce_csrf_checks` (True), a client that only the proof has; otherwise it is "200"',
    ]);
    const tells = { prompt: 'The client enforces CSRF checks. What does this print?', code, verify };
    expect(await found(tells)).toEqual([]);
  });

  test('is the number of rows, unless the prompt gives it', async () => {
    const part = {
      code: 'print(Show.objects.count())',
      verify: {
        setup: 'from radio.models import Show\nfor n in range(3):\n    Show.objects.create(title=str(n))',
        prints: '3',
      },
    };
    expect(await found(part)).toEqual([expect.stringMatching(/hangs on `range` \(3\), a number of rows/)]);
    expect(await found({ ...part, prompt: 'There are three shows. What does this print?' })).toEqual([]);
  });

  test('is that a model has no ordering, where a query more depends on it', async () => {
    const verify = {
      setup: `from django.db import connection
from django.test.utils import CaptureQueriesContext
from radio.models import Episode, Show
Episode.objects.create(show=Show.objects.create(title="Dawn"))
show = Show.objects.prefetch_related("episodes").get()`,
      code: 'with CaptureQueriesContext(connection) as seen:\n    show.episodes.first()\nprint(len(seen))',
      prints: '1',
    };
    expect(await found({ prompt: 'Does `first()` query?', verify })).toEqual([
      '`first`: the answer hangs on that no model has an ordering, which only the proof has; otherwise it is "0"',
    ]);
    expect(await found({ prompt: 'No model has an ordering. Does it query?', verify })).toEqual([]);
    expect(await found({ verify: { ...verify, neutral: ['ordering'] } })).toEqual([]);
  });

  test('is nothing where another fact leaves the answer as it is, or only breaks the proof', async () => {
    const harmless = {
      code: 'print(form.is_valid())',
      verify: {
        setup: `from django import forms
class Form(forms.Form):
    name = forms.CharField(max_length=9, required=False)
form = Form({"name": "Ada"})`,
        prints: 'True',
      },
    };
    expect(await found(harmless)).toEqual([]);
  });
});
