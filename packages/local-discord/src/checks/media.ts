import type { MediaJson, MessageBody } from '../json.js';
import { walkComponents } from '../json.js';
import type { Add, Path } from './figures.js';
import { urlFault } from './urls.js';

/** Every place of a body where a picture or a file is named, with its path. */
export function mediaIn(body: MessageBody): { media: MediaJson; path: Path; mustBeUploaded: boolean }[] {
  const found: { media: MediaJson; path: Path; mustBeUploaded: boolean }[] = [];
  walkComponents(body.components ?? [], (component, path) => {
    if (component.media)
      found.push({ media: component.media, path: [...path, 'media'], mustBeUploaded: false });
    if (component.file) found.push({ media: component.file, path: [...path, 'file'], mustBeUploaded: true });
    component.items?.forEach((item, index) => {
      found.push({ media: item.media, path: [...path, 'items', index, 'media'], mustBeUploaded: false });
    });
  });
  body.embeds?.forEach((embed, index) => {
    if (embed.image)
      found.push({ media: embed.image, path: ['embeds', index, 'image'], mustBeUploaded: false });
    if (embed.thumbnail) {
      found.push({ media: embed.thumbnail, path: ['embeds', index, 'thumbnail'], mustBeUploaded: false });
    }
  });
  return found;
}

/** `files` are the names that `attachment://` may point at. */
export function mediaFaults(body: MessageBody, files: ReadonlySet<string>, add: Add): void {
  for (const { media, path, mustBeUploaded } of mediaIn(body))
    mediaFault(media.url, [...path, 'url'], mustBeUploaded, files, add);
  body.embeds?.forEach(({ author, footer }, index) => {
    for (const [part, url] of [
      ['author', author?.icon_url],
      ['footer', footer?.icon_url],
    ] as const)
      if (url) mediaFault(url, ['embeds', index, part, 'icon_url'], false, files, add);
  });
}

function mediaFault(
  url: string,
  path: Path,
  mustBeUploaded: boolean,
  files: ReadonlySet<string>,
  add: Add,
): void {
  const [, name] = /^attachment:\/\/(.*)$/.exec(url) ?? [];
  if (name === undefined) {
    const fault = urlFault(url, mustBeUploaded ? ['attachment'] : ['http', 'https', 'attachment']);
    if (fault) add(path, ...fault);
  } else if (!files.has(name)) {
    const inEmbed = path[0] === 'embeds';
    add(
      path,
      inEmbed ? 'LOCAL_DISCORD_UNKNOWN_FIELD' : 'UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND',
      inEmbed ? 'Discord would show no picture here.' : 'The referenced attachment was not found',
      `No file "${name}" comes along; there are: ${[...files].join(', ') || 'none'}.`,
    );
  }
}
