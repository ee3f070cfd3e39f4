import type { Builder } from '../builder.js';
import type { Gateway } from '../gateway.js';
import type { Interactions } from '../interactions.js';
import type { Messages } from '../messages.js';
import type { World } from '../state.js';

/** What people and servers act on. */
export interface Surroundings {
  readonly world: World;
  readonly builder: Builder;
  readonly gateway: Gateway;
  readonly interactions: Interactions;
  readonly messages: Messages;
}
