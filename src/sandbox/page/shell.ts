import { html, nothing, type TemplateResult } from 'lit';
import { ref } from 'lit/directives/ref.js';
import type { Composer } from './composer.js';
import { type FormContext, formDialog } from './forms.js';
import { avatar, isFirstClick, type MessageContext, messageList } from './messages.js';
import { type Model, me, nowMs } from './model.js';
import { formatTime } from './time-words.js';

export interface ShellContext extends MessageContext, FormContext {
  readonly onDrawer: (open: boolean) => void;
  readonly onPerson: (name: string) => void;
  readonly onDay: () => void;
  readonly onReset: () => void;
  /** Uses a command as it stands. */
  readonly onTry: (text: string) => void;
  readonly onSkip: (event: Event) => void;
  readonly onClassmates: (here: boolean) => void;
  readonly onScroll: () => void;
  /** The reader may be moving up, away from the newest message. */
  readonly onReading: EventListenerObject & AddEventListenerOptions;
  readonly scroller: (element: Element | undefined) => void;
  readonly composer: Composer;
}

/** The whole page. */
export function shell(model: Model, context: ShellContext): TemplateResult {
  const { state, channelId, online } = model;
  if (!state)
    return html`<p class="opening">${online ? 'Opening the sandbox…' : 'The bot is away. Start it with npm start; this page waits for it.'}</p>`;
  const channel = state.channels.find(({ id }) => id === channelId);
  const title = channel ? (channel.direct ? channel.name : `#${channel.name}`) : '';
  return html`<a class="skip" href="#composer" @click=${context.onSkip}>Skip to the message box</a>
  <div class="shell ${model.drawer ? 'drawer-open' : ''}">
    ${sidebar(model, context)}
    <main aria-label="${title}">
      <header class="top">
        <button type="button" class="icon menu ${model.unread.size > 0 ? 'unread' : ''}" aria-label="Channels and people${model.unread.size > 0 ? ' (unread messages)' : ''}" aria-expanded=${model.drawer} @click=${() => context.onDrawer(!model.drawer)}>☰</button>
        <h1>${channel?.direct ? html`<span class="sign">@</span>` : html`<span class="sign">#</span>`}${channel?.name ?? ''}</h1>
        ${sandboxBar(model, context)}
      </header>
      ${away(model)}
      <div class="scroll" tabindex="0" role="region" aria-label="Messages" ${ref(context.scroller)} @scroll=${context.onScroll} @wheel=${context.onReading} @keydown=${context.onReading} @touchmove=${context.onReading} @pointerdown=${context.onReading}>
        <div>
          ${beginning(model, context)}
          ${messageList(model, context)}
        </div>
      </div>
      ${context.composer.draw()}
    </main>
    ${model.form ? formDialog(model.form, context) : nothing}
  </div>`;
}

function sidebar(model: Model, context: ShellContext): TemplateResult {
  const { state, channelId } = model;
  const self = me(model);
  const channels = (direct: boolean): TemplateResult[] =>
    (state?.channels ?? [])
      .filter((channel) => channel.direct === direct)
      .map(
        ({
          id,
          name,
          thread,
        }) => html`<li class="${thread ? 'thread' : ''}"><button type="button" class="channel ${model.unread.has(id) ? 'unread' : ''}" aria-current=${id === channelId ? 'page' : nothing} @click=${() => context.onChannel(id)}>
          <span class="sign" aria-hidden="true">${direct ? '@' : thread ? '↳' : '#'}</span>${name}${thread === 'closed' ? html`<small> closed</small>` : nothing}${model.unread.has(id) ? html`<span class="spoken"> (unread)</span>` : nothing}</button></li>`,
      );
  return html`<div class="shade" @click=${() => context.onDrawer(false)}></div>
  <nav class="sidebar" aria-label="Channels and people">
    <p class="server">${state?.server.name}</p>
    <div class="lists">
      <h2 id="channels">Channels</h2><ul aria-labelledby="channels">${channels(false)}</ul>
      <h2 id="directs">Direct messages</h2><ul aria-labelledby="directs">${channels(true)}</ul>
      <h2 id="people">Be somebody else</h2>
      <ul aria-labelledby="people">${(state?.people ?? [])
        .filter(({ kind }) => kind === 'player')
        .map(
          (
            person,
          ) => html`<li class="person"><button type="button" aria-pressed=${person.id === self?.id} @click=${() => context.onPerson(person.name)}>
          ${avatar(person.id, person.name)}<span>${person.name}</span>${person.admin ? html`<span class="badge">Admin</span>` : nothing}</button>
          <a href="?as=${encodeURIComponent(person.name)}" target="_blank" aria-label="${person.name} in a tab of their own" title="In a tab of their own">${newTab}</a></li>`,
        )}</ul>
      <h2 id="classmates">Simulated classmates</h2>
      <ul aria-labelledby="classmates" class="${state?.classmates ? '' : 'absent'}">${(state?.people ?? [])
        .filter(({ kind }) => kind === 'classmate')
        .map(
          (person) =>
            html`<li class="person still">${avatar(person.id, person.name)}<span>${person.name}</span></li>`,
        )}</ul>
    </div>
    ${state?.mayReset ? kept(context) : nothing}
    <p class="self">${self ? avatar(self.id, self.name) : nothing}<span><b>${self?.name}</b><small>${self?.admin ? 'You · admin of the server' : 'You · member'}</small></span></p>
  </nav>`;
}

const kept = ({ onReset }: ShellContext): TemplateResult =>
  html`<div class="kept"><p>Everything stays on this machine: messages in <code>data/sandbox.json</code>, answers and points in <code>data/sandbox.sqlite</code>.</p>
    <button type="button" class="button secondary" @click=${onReset}>Begin anew</button></div>`;

const newTab = html`<svg width="14" height="14" viewBox="0 0 14 14" aria-hidden="true" fill="none" stroke="currentColor" stroke-width="1.6"><path d="M8 1.5h4.5V6M12 2 7 7M5.500 2.500H2.500v9h9V8.500"/></svg>`;

/** What Discord does not have: the sandbox's own controls, in a dress of their own. */
function sandboxBar(model: Model, context: ShellContext): TemplateResult {
  const { state } = model;
  const at = nowMs(model);
  const days = Math.round((state?.aheadMs ?? 0) / 86_400_000);
  const ahead = days > 0 ? ` (${days} ${days === 1 ? 'day' : 'days'} ahead)` : '';
  return html`<div class="sandbox" role="group" aria-label="Sandbox controls, not part of Discord">
    <span class="tag">Sandbox</span>
    <span class="clock" title="The sandbox’s clock${ahead}">${new Date(at).toLocaleDateString('en-GB', { weekday: 'short', day: 'numeric', month: 'short' })}<span class="hour">, ${formatTime(at, 't', at)}</span></span>
    <button type="button" ?disabled=${state?.dayPassing ?? false} @click=${context.onDay}>${state?.dayPassing ? 'A day passes…' : 'Let a day pass'}</button>
    <button type="button" aria-pressed=${state?.classmates ?? false} @click=${() => context.onClassmates(!state?.classmates)}>Classmates: ${state?.classmates ? 'here' : 'away'}</button>
  </div>`;
}

function away({ online, state }: Model): TemplateResult {
  const words = online
    ? state?.botThere
      ? ''
      : 'The bot is away: commands and buttons do nothing until it is back.'
    : 'The connection is lost: is the bot running? This page connects again by itself.';
  return html`<p class="away" role="status">${words}</p>`;
}

/** In two clicks from the first look to an answer: a card of one's own tells at once. */
const firstTry = ['A first question', '/question basic kind:"single choice" private:True'] as const;
const directTries = [firstTry, ['Your profile', '/stats'], ['Help', '/help']] as const;
const channelTries = [
  firstTry,
  ['A quiz with classmates', '/quiz start rounds:3 lobby:10'],
  ['A question for all', '/question intermediate'],
  ['Help', '/help'],
] as const;

/** What a channel begins with, as long as there is little in it. */
function beginning(model: Model, context: ShellContext): TemplateResult | typeof nothing {
  const { state, channelId } = model;
  const count = model.messages.get(channelId ?? '')?.length ?? 0;
  if (count > model.drawn || !state) return nothing;
  const channel = state.channels.find(({ id }) => id === channelId);
  const tries = channel?.direct ? directTries : channelTries;
  return html`<div class="beginning">
    <p class="welcome">Welcome to ${channel?.direct ? channel.name : `#${channel?.name ?? ''}`}</p>
    <p>This is a sandbox: a small Discord on this machine, with the real bot in it. Type a command below, or begin with one of these:</p>
    <p class="tries">${tries.map(([words, command]) => html`<button type="button" class="mention" @click=${(event: MouseEvent) => isFirstClick(event) && context.onTry(command)}>${words} <small>${command}</small></button>`)}</p>
  </div>`;
}
