import { codePoints } from '../checks/code-points.js';
import { modalFaults } from '../checks/modal.js';
import { errors, type Fault } from '../errors.js';
import type { ChoiceJson, Interaction, ModalJson } from '../interaction.js';
import { CallbackType, type MessageBody, MessageFlag } from '../json.js';
import type { MessageState } from '../state.js';
import { type Api, checkBody } from './api.js';
import type { Answer, Call } from './call.js';
import { checkMessage } from './message-checks.js';
import { queryFlag } from './queries.js';
import type { Router } from './router.js';
import { wakeByAnswer } from './sending.js';

interface Callback {
  type?: number;
  data?: unknown;
}

/** Callbacks: https://docs.discord.com/developers/interactions/receiving-and-responding */
export function interactionRoutes(router: Router, api: Api): void {
  const open = { needsToken: false };
  router.add(
    'POST /interactions/:id/:token/callback',
    (call, params) => callback(api, call, params.id ?? '', params.token ?? ''),
    open,
  );
}

function callback(api: Api, call: Call, id: string, token: string): Answer {
  const interaction = api.interactions.forFirstReply(id, token);
  const body = (call.body ?? {}) as Callback;
  const allowed = api.interactions.allowedCallbacks(interaction);
  if (typeof body.type !== 'number' || !allowed.includes(body.type)) {
    const message = `Value must be one of {${allowed.join(', ')}}.`;
    throw errors.invalidBody([{ path: ['type'], code: 'BASE_TYPE_CHOICES', message }]);
  }
  const withResponse = queryFlag(call.params, 'with_response');
  const message = respond(api, interaction, { type: body.type, data: body.data }, call);
  if (!withResponse) return { status: 204 };
  return { status: 200, body: callbackResponse(interaction, body.type, message) };
}

function respond(
  api: Api,
  interaction: Interaction,
  { type, data }: { type: number; data: unknown },
  call: Call,
): MessageState | undefined {
  const { interactions } = api;
  const body = (data ?? {}) as MessageBody;
  switch (type) {
    case CallbackType.message:
      checkMessage(api, 'callback4', body, call.uploads, undefined, ['data'], call.body);
      wakeByAnswer(api, interaction, body);
      return interactions.reply(interaction, body, call.uploads, false);
    case CallbackType.deferredMessage:
      checkBody(api, 'callback5', call.body, () => deferralFaults(body));
      wakeByAnswer(api, interaction, body);
      return interactions.reply(interaction, body, [], true);
    case CallbackType.deferredUpdate:
      checkBody(api, 'callback6', call.body);
      return interactions.deferUpdate(interaction);
    case CallbackType.update:
      checkMessage(api, 'callback7', body, call.uploads, interaction.source, ['data'], call.body);
      return interactions.update(interaction, body, call.uploads);
    case CallbackType.autocomplete: {
      const { choices = [] } = (data ?? {}) as { choices?: ChoiceJson[] | null };
      checkBody(api, 'callback8', call.body, () => choiceFaults(choices ?? []));
      interactions.settle(interaction, { kind: 'choices', choices: choices ?? [] });
      return undefined;
    }
    case CallbackType.modal: {
      const modal = data as ModalJson;
      checkBody(api, 'callback9', call.body, () => {
        const faults: Fault[] = [];
        modalFaults(modal.components, (path, code, message) => faults.push({ path, code, message }));
        return faults;
      });
      interactions.settle(interaction, { kind: 'modal', modal });
      return undefined;
    }
    default:
      return undefined;
  }
}

/** A message to come is only said to be private or not: the rest comes with it. */
function deferralFaults({ flags }: MessageBody): Fault[] {
  if (((flags ?? 0) & ~MessageFlag.ephemeral) === 0) return [];
  const message = 'A deferred reply takes the flag EPHEMERAL and no other.';
  return [{ path: ['data', 'flags'], code: 'BASE_TYPE_INVALID', message }];
}

function choiceFaults(choices: readonly ChoiceJson[]): Fault[] {
  return choices.flatMap((choice, index) =>
    typeof choice.value === 'string' && codePoints(choice.value) > 100
      ? [
          {
            path: ['data', 'choices', index, 'value'],
            code: 'BASE_TYPE_MAX_LENGTH',
            message: 'Must be 100 or fewer in length.',
          },
        ]
      : [],
  );
}

function callbackResponse(interaction: Interaction, type: number, message: MessageState | undefined): object {
  return {
    interaction: {
      id: interaction.id,
      type: interaction.type,
      ...(message && {
        response_message_id: message.id,
        response_message_loading: (message.json.flags & MessageFlag.loading) !== 0,
        response_message_ephemeral: (message.json.flags & MessageFlag.ephemeral) !== 0,
      }),
      channel_id: interaction.channel.id,
      ...(interaction.channel.guild && { guild_id: interaction.channel.guild.id }),
    },
    // A deferral's message is not shown, although it is there.
    resource: { type, ...(message && shows(type) && { message: message.json }) },
  };
}

function shows(type: number): boolean {
  return type === CallbackType.message || type === CallbackType.update;
}
