import { html, nothing, type TemplateResult } from 'lit';
import type { EmbedJson } from 'local-discord/client';
import { type MarkdownContext, markdown } from './markdown.js';

/** Attachments have the address that bots see; the page is on the same machine by another of its names. */
export const local = (url: string): string => {
  const { pathname } = new URL(url, location.origin);
  return pathname.startsWith('/attachments/') ? pathname : url;
};

export function picture(url: string, description?: string | null, kind = ''): TemplateResult {
  return html`<a class="picture ${kind}" href=${local(url)} target="_blank" aria-label=${description ? nothing : 'Picture'}><img src=${local(url)} alt=${description ?? ''} loading="lazy"></a>`;
}

export function embed(each: EmbedJson, context: MarkdownContext): TemplateResult {
  return html`<div class="container">
    ${each.author?.name ? html`<p class="subtext">${each.author.name}</p>` : nothing}
    ${each.title ? html`<p><strong>${each.title}</strong></p>` : nothing}
    ${each.description ? html`<div class="markdown">${markdown(each.description, context)}</div>` : nothing}
    ${each.fields?.map(({ name, value }) => html`<div><strong>${name}</strong><div class="markdown">${markdown(value, context)}</div></div>`)}
    ${each.image ? picture(each.image.url) : nothing}
    ${each.footer?.text ? html`<p class="subtext">${each.footer.text}</p>` : nothing}
  </div>`;
}
