import { html, nothing, type TemplateResult } from 'lit';
import { guard } from 'lit/directives/guard.js';
import { repeat } from 'lit/directives/repeat.js';
import { MessageFlag, type MessageJson } from 'local-discord/client';
import { type ComponentContext, components } from './components.js';
import { markdown } from './markdown.js';
import { type Model, nameOf } from './model.js';
import { noteOf } from './notes.js';
import { embed, picture } from './pictures.js';
import { clockTime, dayName, longTime } from './time-words.js';

export interface MessageContext extends ComponentContext {
  readonly onDismiss: (message: MessageJson) => void;
}

/** Messages of one author within this time stand under one name. */
const togetherMs = 7 * 60_000;

export function messageList(model: Model, context: MessageContext): TemplateResult {
  const all = model.messages.get(model.channelId ?? '') ?? [];
  const first = Math.max(0, all.length - model.drawn);
  const drawn = all.slice(first);
  // Whose names can be told: of people, and of threads that begin after the message that mentions them.
  const known = (model.state?.people.length ?? 0) + (model.state?.channels.length ?? 0);
  return html`<ol class="messages">
    ${first === 0 ? nothing : html`<li class="older" id="older">${first} older messages</li>`}
    ${repeat(
      drawn,
      ({ id }) => id,
      (message, index) => {
        const before = drawn[index - 1];
        const pressed = [...model.pressed].filter((key) => key.startsWith(`${message.id}/`)).join();
        const fault = model.faults.get(message.id);
        const newDay = dayOf(message) !== (before && dayOf(before));
        const grouped = !newDay && before !== undefined && belongTogether(before, message);
        return html`<li class=${grouped ? 'grouped' : ''} id="m${message.id}">${guard(
          [message, pressed, fault, newDay, grouped, known, model.channelId],
          () => html`${newDay ? html`<div class="day" role="separator"><span>${dayName(Date.parse(message.timestamp))}</span></div>` : nothing}
            ${one(message, grouped, fault, model, context)}`,
        )}</li>`;
      },
    )}
  </ol>`;
}

function dayOf({ timestamp }: MessageJson): string {
  return new Date(timestamp).toDateString();
}

function belongTogether(before: MessageJson, { author, timestamp, interaction }: MessageJson): boolean {
  if (before.author.id !== author.id || interaction !== undefined) return false;
  if (isPrivate(before)) return false;
  return Date.parse(timestamp) - Date.parse(before.timestamp) < togetherMs;
}

const isPrivate = ({ flags }: MessageJson): boolean => (flags & MessageFlag.ephemeral) !== 0;
const isLoading = ({ flags }: MessageJson): boolean => (flags & MessageFlag.loading) !== 0;

function one(
  message: MessageJson,
  grouped: boolean,
  fault: string | undefined,
  model: Model,
  context: MessageContext,
): TemplateResult {
  const atMs = Date.parse(message.timestamp);
  const name = nameOf(model.state, message.author.id);
  const note = noteOf(message, (id) => nameOf(model.state, id));
  const mentioned = note === undefined && message.mentions.some(({ id }) => id === model.state?.me);
  return html`<article class="message ${isPrivate(message) ? 'private' : ''} ${mentioned ? 'pings' : ''}" tabindex="-1" aria-label="${name}, ${clockTime(atMs)}">
    ${usedCommand(message)}
    ${
      grouped
        ? nothing
        : html`${avatar(message.author.id, name, message.author.bot ?? false)}
      <header><h2 class="name">${name}</h2>${message.author.bot ? html`<span class="app">APP</span>` : nothing}
        <time class="when" datetime=${message.timestamp} title=${longTime(atMs)}>${clockTime(atMs)}</time></header>`
    }
    <div class="body">
      ${isLoading(message) ? html`<p class="thinking"><i></i><i></i><i></i> ${name} is thinking…</p>` : nothing}
      ${note === undefined ? written(message, context) : html`<p class="subtext">${note}</p>`}
      ${message.embeds.map((each) => embed(each, context))}
      ${components(message.components, message, context)}
      ${loose(message)}
      ${!message.content && message.components.length > 0 ? edited(message) : nothing}
      ${fault ? html`<p class="fault" role="alert">${fault}</p>` : nothing}
      ${isPrivate(message) ? dismissal(message, context) : nothing}
    </div>
  </article>`;
}

function written(message: MessageJson, context: MessageContext): TemplateResult | typeof nothing {
  if (!message.content) return nothing;
  return html`<div class="markdown">${markdown(message.content, context)}${edited(message)}</div>`;
}

function usedCommand({ interaction }: MessageJson): TemplateResult | typeof nothing {
  const used = interaction as
    | { name?: string; user?: { global_name?: string; username?: string } }
    | undefined;
  if (!used?.name) return nothing;
  return html`<p class="used"><span>${used.user?.global_name ?? used.user?.username}</span> used <span class="command">/${used.name}</span></p>`;
}

function edited({ edited_timestamp: at }: MessageJson): TemplateResult | typeof nothing {
  return at ? html`<span class="edited" title=${longTime(Date.parse(at))}>(edited)</span>` : nothing;
}

/** Attachments that no component shows. */
function loose({ attachments, components: inside }: MessageJson): TemplateResult[] {
  const shown = JSON.stringify(inside);
  return attachments
    .filter(({ url }) => !shown.includes(url))
    .map(({ url, filename, description, content_type: type }) =>
      type?.startsWith('image/')
        ? picture(url, description ?? filename)
        : html`<a class="file" href=${url} download>${filename}</a>`,
    );
}

function dismissal(message: MessageJson, { onDismiss }: MessageContext): TemplateResult {
  return html`<p class="subtext only">Only you can see this · <button type="button" class="link" @click=${(event: MouseEvent) => isFirstClick(event) && onDismiss(message)}>Dismiss message</button></p>`;
}

/** Not the second one of a double click, which would meet what has moved under the pointer, or do it all again. */
export const isFirstClick = ({ detail }: MouseEvent): boolean => detail < 2;

/** One of a few colours, the same for a person everywhere. */
export const hueOf = (id: string): number => Number(BigInt(id) % 7n);

export function avatar(id: string, name: string, bot = false): TemplateResult {
  return html`<span class="avatar" data-hue=${bot ? 'bot' : hueOf(id)} aria-hidden="true">${bot ? 'ID' : name.slice(0, 1)}</span>`;
}
