/** `npm start`: the service with the settings of the environment. */
import { forgetRepository } from './service/forget-repository.ts';
import { serve } from './service/serve.ts';
import { BadSettings, readSettings } from './service/settings.ts';

forgetRepository(process.env);
try {
  process.exitCode = await serve(readSettings(process.env));
} catch (error) {
  if (!(error instanceof BadSettings)) throw error;
  process.stderr.write(`hosho: ${error.message}\n`);
  process.exitCode = 1;
}
