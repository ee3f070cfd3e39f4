import type { MediaJson, MessageBody } from '../json.js';
import { walkComponents } from '../json.js';
import type { Add, Path } from './figures.js';

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
  for (const { media, path, mustBeUploaded } of mediaIn(body)) {
    const [, name] = /^attachment:\/\/(.*)$/.exec(media.url) ?? [];
    if (name !== undefined) {
      if (!files.has(name)) {
        add([...path, 'url'], 'ATTACHMENT_NOT_FOUND', `The referenced attachment was not found: ${name}`);
      }
    } else if (mustBeUploaded || !/^https?:/.test(media.url)) {
      add(
        [...path, 'url'],
        'URL_TYPE_INVALID_SCHEME',
        'Scheme must be one of http, https, or attachment for an upload.',
      );
    }
  }
}
