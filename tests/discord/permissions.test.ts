import { PermissionFlagsBits, PermissionsBitField } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { mentionRoles, missingToPost } from '../../src/discord/permissions.js';

const { ViewChannel, SendMessages, SendMessagesInThreads, MentionEveryone, Administrator } =
  PermissionFlagsBits;

describe('what the bot lacks for posting in a channel', () => {
  it.each([
    ['nothing where it sees and writes', [ViewChannel, SendMessages], false, false, []],
    ['the view', [SendMessages], false, false, ['View Channel']],
    ['both', [], false, false, ['View Channel', 'Send Messages']],
    ['another right in threads', [ViewChannel, SendMessages], true, false, ['Send Messages in Threads']],
    ['nothing in threads where it has that', [ViewChannel, SendMessagesInThreads], true, false, []],
    [
      'the right to mention a role',
      [ViewChannel, SendMessages],
      false,
      true,
      [expect.stringContaining('All Roles')],
    ],
    ['nothing where it may mention', [ViewChannel, SendMessages, MentionEveryone], false, true, []],
    ['nothing as administrator', [Administrator], true, true, []],
  ])('is %s', (_, flags, isThread, mentions, missing) => {
    expect(missingToPost(new PermissionsBitField(flags), isThread, mentions ? [mentionRoles] : [])).toEqual(
      missing,
    );
  });
});
