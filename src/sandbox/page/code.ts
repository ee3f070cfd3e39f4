import hljs from 'highlight.js/lib/core';
import bash from 'highlight.js/lib/languages/bash';
import json from 'highlight.js/lib/languages/json';
import python from 'highlight.js/lib/languages/python';
import sql from 'highlight.js/lib/languages/sql';
import xml from 'highlight.js/lib/languages/xml';
import { html, type TemplateResult } from 'lit';
import { unsafeHTML } from 'lit/directives/unsafe-html.js';

for (const [name, language] of Object.entries({ python, sql, xml, json, bash })) {
  hljs.registerLanguage(name, language);
}

/** A block of code, highlighted where its language is known. */
export function codeBlock(text: string, language: string): TemplateResult {
  const known = hljs.getLanguage(language);
  // highlight.js escapes what it is given.
  const inside = known ? unsafeHTML(hljs.highlight(text, { language, ignoreIllegals: true }).value) : text;
  return html`<pre tabindex="0" role="group" aria-label="Code"><code class="hljs">${inside}</code></pre>`;
}
