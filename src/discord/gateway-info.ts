import { REST, type RESTGetAPIGatewayBotResult, Routes } from 'discord.js';

/**
 * Of how many shards Discord would have this bot be.
 * @throws DiscordAPIError of status 401 for a wrong token; or what the network says
 */
export async function recommendedShards(token: string, apiUrl: string | undefined): Promise<number> {
  const rest = new REST({ ...(apiUrl && { api: apiUrl }) }).setToken(token);
  try {
    const { shards } = (await rest.get(Routes.gatewayBot())) as RESTGetAPIGatewayBotResult;
    return shards;
  } finally {
    rest.clearHashSweeper();
    rest.clearHandlerSweeper();
  }
}
