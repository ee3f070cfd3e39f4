import './page.css';
import { render } from 'lit';
import type { MessageJson } from 'local-discord/client';
import type { FromServer, Result } from '../web/protocol.js';
import { announce } from './announce.js';
import { Composer } from './composer.js';
import { focusedPlace, focusIn, keepFocus } from './focus.js';
import { closeForm, showForm } from './forms.js';
import { Live } from './live.js';
import { changeMessage, type Model, me, newModel, nowMs, page } from './model.js';
import { Scrolling } from './scrolling.js';
import { shell } from './shell.js';
import { runBy, tick } from './time.js';

const root = document.getElementById('page') as HTMLElement;
root.replaceChildren();
const model = newModel();
runBy(() => nowMs(model));

const scrolling = new Scrolling();
let drawing = false;

function redraw(): void {
  if (drawing) return;
  drawing = true;
  requestAnimationFrame(() => {
    drawing = false;
    const place = focusedPlace();
    render(shell(model, context), root);
    keepFocus(place);
    showForm(root);
    document.title = titleOf(model);
    scrolling.drawn();
  });
}

/** Tells the tabs of several members apart. */
function titleOf({ state, channelId, unread }: Model): string {
  const channel = state?.channels.find(({ id }) => id === channelId);
  if (!channel) return 'Interview Drills: sandbox';
  const place = channel.direct ? `@${channel.name}` : `#${channel.name}`;
  return `${unread.size > 0 ? '• ' : ''}${me(model)?.name} in ${place} – sandbox`;
}

const live = new Live({
  as: new URLSearchParams(location.search).get('as'),
  question: new URLSearchParams(location.search).get('question'),
  onLink(online) {
    model.online = online;
    model.pressed.clear();
    if (online) forgetOthers();
    if (online && model.channelId) openChannel(model.channelId);
    redraw();
  },
  onMessage: receive,
});

/** Another start may have other messages: each channel is read anew when it is opened. */
function forgetOthers(): void {
  for (const channelId of model.messages.keys())
    if (channelId !== model.channelId) model.messages.delete(channelId);
}

function receive(message: Exclude<FromServer, { type: 'result' }>): void {
  switch (message.type) {
    case 'state':
      model.state = message.state;
      model.clockAheadMs = message.now - Date.now();
      if (!model.state.channels.some(({ id }) => id === model.channelId)) openChannel(firstChannel(model));
      tick();
      break;
    case 'history':
      model.messages.set(message.channelId, message.messages);
      break;
    case 'message':
      take(message.how, message.message);
      break;
    default:
      message satisfies never;
  }
  redraw();
}

function take(how: 'created' | 'edited' | 'deleted', message: MessageJson): void {
  const before = model.messages.get(message.channel_id)?.find(({ id }) => id === message.id);
  changeMessage(model, how, message);
  if (how !== 'created') {
    model.faults.delete(message.id);
    if (how === 'edited' && message.channel_id === model.channelId) announce(model, message, before);
    return;
  }
  if (message.channel_id === model.channelId) announce(model, message);
  else model.unread.add(message.channel_id);
}

/** Where the reader was before a reload, else the channel for drills. */
function firstChannel({ state }: Model): string | undefined {
  const named = (name: string): string | undefined =>
    state?.channels.find((channel) => channel.name === name || channel.id === name)?.id;
  return named(decodeURIComponent(location.hash.slice(1))) ?? named('drills') ?? state?.channels[0]?.id;
}

function openChannel(channelId: string | undefined, messageId?: string): void {
  const channel = model.state?.channels.find(({ id }) => id === channelId);
  if (!channel) return;
  if (model.channelId !== channel.id) {
    if (!messageId) scrolling.followEnd();
    model.drawn = page;
    model.notice = undefined;
    composer.clear();
  }
  if (messageId) {
    scrolling.jumpTo(`m${messageId}`);
    model.drawn = Number.POSITIVE_INFINITY;
  }
  model.channelId = channel.id;
  model.unread.delete(channel.id);
  if (model.drawer) setDrawer(false);
  history.replaceState(null, '', `#${encodeURIComponent(channel.direct ? channel.id : channel.name)}`);
  live.tell({ type: 'open', channelId: channel.id });
  redraw();
}

/** Shows what came of a press or command. */
function settle(result: Result, fault: (words: string) => void): void {
  if (result.kind === 'failed' || result.kind === 'refused') fault(result.words);
  if (result.kind === 'form')
    model.form = {
      formId: result.formId,
      form: result.form,
      from: focusedPlace(),
      fault: undefined,
      sending: false,
    };
  redraw();
}

async function use(message: MessageJson, customId: string, values?: readonly string[]): Promise<void> {
  const key = `${message.id}/${customId}`;
  // Two clicks before anything is drawn are one press, as in Discord's client, which waits for the answer.
  if (model.pressed.has(key)) return;
  const where = { channelId: message.channel_id, messageId: message.id, customId };
  model.pressed.add(key);
  model.faults.delete(message.id);
  redraw();
  const result = await live.ask(
    values ? { type: 'select', ...where, values: [...values] } : { type: 'press', ...where },
  );
  model.pressed.delete(key);
  settle(result, (words) => model.faults.set(message.id, words));
}

const composer = new Composer({
  model,
  redraw,
  complete: (channelId, text) => live.ask({ type: 'complete', channelId, text }),
  send: (channelId, text) => void send(channelId, text),
});

async function send(channelId: string, text: string): Promise<void> {
  scrolling.followEnd();
  const result = await live.ask({ type: text.startsWith('/') ? 'slash' : 'say', channelId, text });
  settle(result, (words) => {
    model.notice = words;
  });
}

/** Whoever opens the drawer is in it, and back at its button when it closes. */
function setDrawer(open: boolean): void {
  model.drawer = open;
  redraw();
  requestAnimationFrame(() => focusIn(root, open ? '.sidebar [aria-current=page]' : '.menu'));
}

const resetWords = 'Erase all messages, answers and points of the sandbox, and begin anew?';

async function passDay(anyway: boolean): Promise<void> {
  const result = await live.ask({ type: 'day', anyway });
  if (result.kind === 'doubt' && window.confirm(result.words)) await passDay(true);
}

/** One function for all drawings: another one would be attached anew each time. */
const attach = (element: Element | undefined): void => scrolling.attach(element);

const context: Parameters<typeof shell>[1] = {
  get state() {
    return model.state;
  },
  model,
  composer,
  onCommand: (name) => composer.insert(`/${name} `),
  onChannel: openChannel,
  onPress: (message, customId) => void use(message, customId),
  onSelect: (message, customId, values) => void use(message, customId, values),
  onDismiss: ({ channel_id: channelId, id: messageId }) =>
    live.tell({ type: 'dismiss', channelId, messageId }),
  async onSubmit(open, values) {
    open.sending = true;
    redraw();
    const result = await live.ask({ type: 'submit', formId: open.formId, values });
    open.sending = false;
    if (result.kind === 'done') context.onClose();
    settle(result, (words) => {
      open.fault = words;
    });
  },
  onClose() {
    if (!model.form) return;
    const { from } = model.form;
    model.form = undefined;
    closeForm(root);
    keepFocus(from);
    redraw();
  },
  onDrawer: setDrawer,
  onPerson(name) {
    const url = new URL(location.href);
    url.searchParams.set('as', name);
    location.assign(url);
  },
  onDay: () => void passDay(false),
  onReset() {
    if (window.confirm(resetWords)) void live.ask({ type: 'reset' });
  },
  onTry(text) {
    if (model.channelId) void send(model.channelId, text);
  },
  onSkip(event) {
    event.preventDefault();
    document.getElementById('composer')?.focus();
  },
  onClassmates: (here) => void live.ask({ type: 'classmates', here }),
  onScroll: () => scrolling.lookSoon(),
  onReading: { handleEvent: (event: Event) => scrolling.noticeReading(event), passive: true },
  scroller: attach,
};

scrolling.watchOlder(root, () => {
  model.drawn += page;
  redraw();
});

document.addEventListener('keydown', (event) => {
  const { key, target } = event;
  if (key === 'Escape' && model.drawer) context.onDrawer(false);
  const typing = target instanceof Element && target.closest('input, textarea, select, dialog');
  if (key === '/' && !typing && !event.ctrlKey && !event.metaKey) {
    event.preventDefault();
    composer.insert('/');
  }
});
setInterval(() => {
  tick();
  redraw();
}, 1_000);
redraw();
