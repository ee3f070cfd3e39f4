import { questionsDirOf } from '../src/app/config.js';
import { EnvFileError } from '../src/app/env-file.js';
import { useEnvironment } from '../src/app/environment.js';

/** The folder that the environment or `.env` names, as for the bot. Ends the process where `.env` cannot be used. */
export function questionsDir(): string {
  try {
    for (const oddity of useEnvironment(process.env)) process.stderr.write(`${oddity}\n`);
  } catch (error) {
    if (!(error instanceof EnvFileError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(2);
  }
  return questionsDirOf(process.env);
}
