import { type MessageJson, MessageType } from 'local-discord/client';

/**
 * What Discord says in its own words where somebody did something: it follows the author's name. Undefined for
 * messages that people and bots write.
 * @param nameOf the name of a member by id
 */
export function noteOf(
  { type, content, mentions }: Pick<MessageJson, 'type' | 'content' | 'mentions'>,
  nameOf: (id: string) => string,
): string | undefined {
  const whom = mentions.map(({ id }) => nameOf(id)).join(', ');
  switch (type) {
    case MessageType.recipientAdded:
      return `added ${whom} to the thread`;
    case MessageType.recipientRemoved:
      return `removed ${whom} from the thread`;
    case MessageType.renamed:
      return `changed the name of the thread to ${content}`;
    case MessageType.pinned:
      return 'pinned a message';
    case MessageType.threadCreated:
      return `started the thread ${content}`;
    default:
      return undefined;
  }
}
