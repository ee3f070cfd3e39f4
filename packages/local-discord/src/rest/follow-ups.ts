import { errors } from '../errors.js';
import type { Interaction } from '../interaction.js';
import type { MessageState } from '../state.js';
import type { Api } from './api.js';
import type { Answer, Call } from './call.js';
import { checkMessage } from './message-checks.js';
import { bodyOf } from './messages.js';
import type { Params } from './router.js';
import { wakeByAnswer } from './sending.js';

/** What an interaction's token is good for beyond the first reply: the application is a webhook then. */
export interface TokenMessages {
  post(call: Call, params: Params): Answer;
  get(call: Call, params: Params): Answer;
  edit(call: Call, params: Params): Answer;
  remove(call: Call, params: Params): Answer;
}

/** https://docs.discord.com/developers/interactions/receiving-and-responding#followup-messages */
export function followUps(api: Api): TokenMessages {
  const { interactions, messages } = api;
  const interactionOf = ({ token = '' }: Params): Interaction => interactions.forFollowUp(token);
  return {
    post: (call, params) => {
      const interaction = interactionOf(params);
      const body = bodyOf(call);
      checkMessage(api, 'webhookCreate', body, call.uploads, undefined);
      if (interaction.channel.deleted) throw errors.unknownChannel();
      wakeByAnswer(api, interaction, body);
      return { status: 200, body: interactions.followUp(interaction, body, call.uploads).json };
    },
    get: (_call, params) => ({ status: 200, body: messageOf(interactionOf(params), params.message).json }),
    edit: (call, params) => {
      const interaction = interactionOf(params);
      const message = messageOf(interaction, params.message);
      const body = bodyOf(call);
      checkMessage(api, 'webhookEdit', body, call.uploads, message);
      return { status: 200, body: interactions.editReply(interaction, message, body, call.uploads).json };
    },
    remove: (_call, params) => {
      const interaction = interactionOf(params);
      messages.delete(messageOf(interaction, params.message));
      interaction.onChange();
      return { status: 204 };
    },
  };
}

function messageOf(interaction: Interaction, id: string | undefined): MessageState {
  const wanted =
    id === '@original'
      ? interaction.original
      : [interaction.original, ...interaction.followUps].find((message) => message?.id === id);
  if (!wanted || wanted.deleted) throw errors.unknownMessage();
  return wanted;
}
