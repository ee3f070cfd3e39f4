export interface CommandOptionJson {
  type: number;
  name: string;
  name_localizations?: Record<string, string> | null;
  description: string;
  description_localizations?: Record<string, string> | null;
  required?: boolean | null;
  choices?:
    | { name: string; name_localizations?: Record<string, string> | null; value: string | number }[]
    | null;
  options?: CommandOptionJson[] | null;
  autocomplete?: boolean | null;
  min_value?: number | null;
  max_value?: number | null;
  min_length?: number | null;
  max_length?: number | null;
  channel_types?: number[] | null;
}

/** A registered command. */
export interface CommandJson {
  id: string;
  application_id: string;
  version: string;
  type: number;
  name: string;
  description: string;
  options?: CommandOptionJson[] | null;
  default_member_permissions: string | null;
  dm_permission?: boolean | null;
  contexts?: number[] | null;
  integration_types?: number[] | null;
  nsfw?: boolean;
  guild_id?: string;
}
