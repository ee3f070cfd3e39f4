export interface SessionLimits {
  total: number;
  remaining: number;
  resetAfterMs: number;
  maxConcurrency: number;
}

export interface GatewayOptions {
  readonly token: string;
  readonly heartbeatMs: number;
  readonly recommendedShards: number;
  readonly sessionLimits: SessionLimits;
  /** Privileged intents that the application has been granted, as bits. */
  readonly privilegedIntents: number;
  /** Whether Discord's limits on identifying, heartbeats and commands are held. */
  readonly limits: boolean;
}
