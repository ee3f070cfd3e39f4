import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { repeat } from 'lit/directives/repeat.js';
import { type ChoiceJson, type CommandJson, parseSlash, Refused, type Resolve } from 'local-discord/client';
import type { Result, StateView } from '../web/protocol.js';
import { type Model, nameOf } from './model.js';
import { type Offer, offer } from './suggest.js';

export interface ComposerParts {
  readonly model: Model;
  readonly redraw: () => void;
  readonly complete: (channelId: string, text: string) => Promise<Result>;
  /** Sends a command or a message. */
  readonly send: (channelId: string, text: string) => void;
}

/** Discord waits about as long after the last key before it asks the bot. */
const quietMs = 180;
const inputId = 'composer';

/** The line at the bottom in which messages and commands are typed. */
export class Composer {
  #text = '';
  /** The suggestion that the arrow keys stand on; -1: none. */
  #active = -1;
  #open = false;
  #choices: readonly ChoiceJson[] = [];
  #askedFor = '';
  #timer: ReturnType<typeof setTimeout> | undefined;
  #fault: string | undefined;

  readonly parts: ComposerParts;

  constructor(parts: ComposerParts) {
    this.parts = parts;
  }

  /** A command that was clicked elsewhere. */
  insert(text: string): void {
    this.#change(text);
    inputElement()?.focus();
  }

  clear(): void {
    this.#change('');
    this.#open = false;
  }

  draw(): TemplateResult {
    const { model } = this.parts;
    const { state } = model;
    const channel = state?.channels.find(({ id }) => id === model.channelId);
    if (!state || !channel) return html`<footer class="composer"></footer>`;
    const offered = this.#offer(state);
    const open = this.#open && offered.suggestions.length > 0;
    const place = channel.direct ? `@${channel.name}` : `#${channel.name}`;
    const words = this.#fault ?? model.notice;
    return html`<footer class="composer">
      ${open ? this.#list(offered) : nothing}
      <p class="hint ${words ? 'fault' : ''}" id="composer-hint">${words ?? (this.#text ? offered.hint : '')}</p>
      <div class="line">
        <button type="button" class="icon slash" aria-label="Show the commands" @click=${() => this.insert('/')}>/</button>
        <input id=${inputId} type="text" autocomplete="off" spellcheck="false" maxlength="2000"
          role="combobox" aria-autocomplete="list" aria-expanded=${open} aria-controls="suggestions" aria-describedby="composer-hint"
          aria-activedescendant=${open && this.#active >= 0 ? `suggestion-${this.#active}` : nothing}
          aria-label="Message ${place}, or / for a command" placeholder="Message ${place}"
          ?disabled=${!channel.mayWrite || !model.online}
          .value=${live(this.#text)}
          @input=${({ target }: Event) => this.#change((target as HTMLInputElement).value)}
          @keydown=${(event: KeyboardEvent) => this.#key(event, state)}
          @blur=${() => this.#close()}>
        <button type="button" class="icon" aria-label="Send" ?disabled=${this.#text.trim() === ''} @click=${() => this.#submit()}>➤</button>
      </div>
      <div class="spoken" role="status">${words ?? ''}</div>
    </footer>`;
  }

  #list({ suggestions }: Offer): TemplateResult {
    return html`<ul class="suggestions" id="suggestions" role="listbox" aria-label="Suggestions">
      ${repeat(
        suggestions,
        ({ text }) => text,
        (
          { label, detail, text },
          index,
        ) => html`<li id="suggestion-${index}" role="option" aria-selected=${index === this.#active}
          @mousedown=${(event: Event) => {
            event.preventDefault();
            this.#take(text);
          }}><b>${label}</b> <span>${detail}</span></li>`,
      )}
    </ul>`;
  }

  #key(event: KeyboardEvent, state: StateView): void {
    // What is drawn may be a moment behind what was typed.
    const { suggestions, unfinished } = this.#offer(state);
    const open = this.#open && suggestions.length > 0;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const taken = suggestions[Math.max(0, this.#active)];
    if (step && open) {
      const from = this.#active < 0 && step < 0 ? 0 : this.#active;
      this.#active = (from + step + suggestions.length) % suggestions.length;
      event.preventDefault();
      this.parts.redraw();
      document.getElementById(`suggestion-${this.#active}`)?.scrollIntoView({ block: 'nearest' });
    } else if (event.key === 'Tab' && open && taken && !event.shiftKey) {
      event.preventDefault();
      this.#take(taken.text);
    } else if (event.key === 'Escape' && open) {
      event.preventDefault();
      this.#close();
    } else if (event.key === 'Enter' && !event.isComposing) {
      event.preventDefault();
      if (open && taken && (this.#active >= 0 || unfinished)) this.#take(taken.text);
      else this.#submit();
    }
  }

  #take(text: string): void {
    this.#change(text);
    inputElement()?.focus();
  }

  #close(): void {
    if (!this.#open) return;
    this.#open = false;
    this.#active = -1;
    this.parts.redraw();
  }

  #change(text: string): void {
    const { model } = this.parts;
    this.#text = text;
    // At once: what is typed before the next drawing must come behind it.
    const input = inputElement();
    if (input && input.value !== text) input.value = text;
    this.#open = text.startsWith('/');
    this.#active = -1;
    this.#fault = undefined;
    model.notice = undefined;
    this.#askBot();
    this.parts.redraw();
  }

  #askBot(): void {
    clearTimeout(this.#timer);
    const { model } = this.parts;
    const { channelId, state } = model;
    const text = this.#text;
    if (!channelId || !state || !offer(text, this.#commands(state), state, []).asksBot) {
      this.#choices = [];
      return;
    }
    if (!text.startsWith(this.#askedFor.slice(0, text.lastIndexOf(':')))) this.#choices = [];
    this.#timer = setTimeout(async () => {
      this.#askedFor = text;
      const result = await this.parts.complete(channelId, text);
      if (this.#text !== text) return;
      this.#choices = result.kind === 'choices' ? result.choices : [];
      if (result.kind === 'failed') this.#fault = result.words;
      this.parts.redraw();
    }, quietMs);
  }

  #submit(): void {
    const { model, send } = this.parts;
    const { channelId, state } = model;
    const text = this.#text.trim();
    if (!channelId || !state || text === '') return;
    if (text.startsWith('/')) {
      const fault = this.#faultOf(text, state);
      if (fault) {
        this.#fault = fault;
        this.#open = false;
        this.parts.redraw();
        return;
      }
    }
    this.clear();
    send(channelId, text);
  }

  /** What Discord's client would say against the command; undefined when it can be sent. */
  #faultOf(text: string, state: StateView): string | undefined {
    try {
      parseSlash(text, this.#commands(state), { resolve: resolverOf(state) });
      return undefined;
    } catch (error) {
      if (error instanceof Refused) return error.message;
      throw error;
    }
  }

  #offer(state: StateView): Offer {
    return offer(this.#text, this.#commands(state), state, this.#choices);
  }

  #commands({ commands, channels }: StateView): readonly CommandJson[] {
    const here = channels.find(({ id }) => id === this.parts.model.channelId);
    return here?.direct ? commands.direct : commands.server;
  }
}

function inputElement(): HTMLInputElement | null {
  return document.getElementById(inputId) as HTMLInputElement | null;
}

function resolverOf(state: StateView): Resolve {
  return (kind, name) => {
    const all = { user: state.people, role: state.roles, channel: state.channels }[kind];
    return all.find((each) => each.name === name || each.id === name || nameOf(state, each.id) === name)?.id;
  };
}
