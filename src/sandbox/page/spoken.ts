import { parse } from 'discord-markdown-parser';

interface Node {
  readonly type: string;
  readonly content?: string | readonly Node[];
  readonly [field: string]: unknown;
}

/** Discord's Markdown as words: code whole, without the signs that only dress the text. */
export function spokenText(markdown: string, nameOf: (userId: string) => string): string {
  const say = (node: Node): string => {
    switch (node.type) {
      case 'user':
        return nameOf(String(node['id']));
      case 'timestamp':
      case 'role':
      case 'channel':
        return '';
      case 'slashCommand':
        return `/${String(node['fullName'] ?? node['name'])}`;
      case 'br':
      case 'newline':
        return ' ';
      case 'twemoji':
        return String(node['name'] ?? '');
      case 'codeBlock':
        return ` ${String(node.content)} `;
      case 'heading':
      case 'subtext':
        return ` ${inside(node)} `;
      default:
        return inside(node);
    }
  };
  const inside = ({ content }: Node): string =>
    typeof content === 'string' ? content : (content ?? []).map(say).join('');
  return (parse(markdown, 'extended') as readonly Node[]).map(say).join('').replaceAll(/\s+/g, ' ').trim();
}

/** At most so many characters, without half a word at the end. */
export function cutAtWord(words: string, longest: number): string {
  if (words.length <= longest) return words;
  const cut = words.lastIndexOf(' ', longest);
  return `${words.slice(0, cut > 0 ? cut : longest)} …`;
}
