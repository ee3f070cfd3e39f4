import { parse } from 'discord-markdown-parser';
import { html, nothing, type TemplateResult } from 'lit';
import type { StateView } from '../web/protocol.js';
import { type Block, blocksOf, type ListItem } from './blocks.js';
import { codeBlock } from './code.js';
import { nameOf } from './model.js';
import './time.js';

export interface MarkdownContext {
  readonly state: StateView | undefined;
  /** A mentioned command was clicked: it goes into the composer. */
  readonly onCommand: (name: string) => void;
  readonly onChannel: (channelId: string, messageId?: string) => void;
}

type Drawn = TemplateResult | string | typeof nothing;

/** What the parser gives; which fields there are depends on the type. */
interface Node {
  readonly type: string;
  readonly content?: string | readonly Node[];
  readonly [field: string]: unknown;
}

const parsed = new Map<string, readonly Block[]>();

/** Discord's Markdown as it is shown in messages and text displays. */
export function markdown(text: string, context: MarkdownContext): TemplateResult {
  let blocks = parsed.get(text);
  if (!blocks) {
    blocks = blocksOf(text);
    if (parsed.size > 3_000) parsed.clear();
    parsed.set(text, blocks);
  }
  return html`${blocks.map((block) =>
    block.kind === 'list'
      ? list(block.items, context)
      : html`<div class="text">${nodes(parse(block.text, 'extended') as readonly Node[], context)}</div>`,
  )}`;
}

function list(items: readonly ListItem[], context: MarkdownContext): TemplateResult {
  const [first] = items;
  const rows = items.map(
    ({ depth, text }) =>
      html`<li class="depth-${Math.min(depth, 3)}">${nodes(parse(text, 'extended') as readonly Node[], context)}</li>`,
  );
  return first?.number === undefined
    ? html`<ul class="list">${rows}</ul>`
    : html`<ol class="list" start=${first.number}>${rows}</ol>`;
}

function nodes(all: readonly Node[], context: MarkdownContext): Drawn[] {
  return all.map((each, index) => {
    // A heading, a subtext or a block of code ends its own line.
    const before = all[index - 1];
    if (
      each.type === 'br' &&
      before &&
      ['heading', 'subtext', 'codeBlock', 'blockQuote'].includes(before.type)
    )
      return nothing;
    return node(each, context);
  });
}

const heads = [undefined, 'h1', 'h2', 'h3'] as const;

function node(each: Node, context: MarkdownContext): Drawn {
  const inside = (): Drawn[] | string =>
    typeof each.content === 'string' ? each.content : nodes(each.content ?? [], context);
  const { state } = context;
  switch (each.type) {
    case 'text':
      return String(each.content);
    case 'br':
    case 'newline':
      return html`<br>`;
    case 'strong':
      return html`<strong>${inside()}</strong>`;
    case 'em':
      return html`<em>${inside()}</em>`;
    case 'underline':
      return html`<u>${inside()}</u>`;
    case 'strikethrough':
      return html`<s>${inside()}</s>`;
    case 'inlineCode':
      return html`<code>${each.content}</code>`;
    case 'codeBlock':
      return codeBlock(String(each.content), String(each.lang ?? ''));
    case 'blockQuote':
      return html`<blockquote>${inside()}</blockquote>`;
    case 'spoiler':
      return html`<details class="spoiler"><summary>Spoiler</summary>${inside()}</details>`;
    case 'subtext':
      return html`<small class="subtext">${inside()}</small>`;
    case 'heading':
      return html`<div class="heading ${heads[Number(each.level)] ?? 'h3'}" role="heading" aria-level="3">${inside()}</div>`;
    case 'url':
    case 'autolink':
    case 'link':
      return link(String(each.target), inside(), context);
    case 'timestamp':
      return html`<live-time at=${String(each.timestamp)} format=${String(each.format ?? 'f')}></live-time>`;
    case 'user':
      return html`<span class="mention ${each.id === state?.me ? 'mine' : ''}">@${nameOf(state, String(each.id))}</span>`;
    case 'role':
      return html`<span class="mention">@${state?.roles.find(({ id }) => id === each.id)?.name ?? 'deleted-role'}</span>`;
    case 'everyone':
    case 'here':
      return html`<span class="mention">@${each.type}</span>`;
    case 'channel':
      return channel(String(each.id), context);
    case 'slashCommand':
      return html`<button type="button" class="mention" @click=${() => context.onCommand(String(each.fullName ?? each.name))}>/${each.fullName ?? each.name}</button>`;
    case 'twemoji':
      return emoji(String(each.name));
    case 'emoticon':
      return String(each.name ?? each.content ?? '');
    default:
      return typeof each.content === 'string' ? each.content : html`${inside()}`;
  }
}

/** Discord draws emoji with Twemoji, whatever the machine has; its files are named by code points. */
function emoji(character: string): TemplateResult {
  const points = [...character].map((each) => each.codePointAt(0)?.toString(16) ?? '');
  const named = points.includes('200d') ? points : points.filter((point) => point !== 'fe0f');
  return html`<img class="emoji" src="/emoji/${named.join('-')}.svg" alt=${character}>`;
}

function channel(channelId: string, { state, onChannel }: MarkdownContext): TemplateResult {
  const found = state?.channels.find(({ id }) => id === channelId);
  if (!found) return html`<span class="mention">#unknown</span>`;
  return html`<button type="button" class="mention" @click=${() => onChannel(channelId)}>#${found.name}</button>`;
}

/** A link to one of Discord's own messages leads there on this page. */
const inDiscord = /^https:\/\/discord\.com\/channels\/\d+\/(\d+)(?:\/(\d+))?$/;

function link(target: string, inside: Drawn[] | string, { onChannel }: MarkdownContext): Drawn {
  const [, channelId, messageId] = inDiscord.exec(target) ?? [];
  if (channelId)
    return html`<button type="button" class="link" @click=${() => onChannel(channelId, messageId)}>${inside}</button>`;
  if (!/^https?:\/\//.test(target)) return html`${inside}`;
  return html`<a href=${target} target="_blank" rel="noreferrer noopener">${inside}</a>`;
}
