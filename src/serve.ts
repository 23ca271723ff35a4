import { once } from 'node:events';
import { pino } from 'pino';
import { DataDirInUse, StoreUnavailable } from './decisions/store.ts';
import { NoRuleSets } from './follow-rules.ts';
import { type Service, startService } from './service.ts';
import type { Settings } from './settings.ts';

/** Runs the service until SIGTERM or SIGINT. The exit code: 0, or 1 where it could not start, and stderr says why. */
export async function serve(settings: Settings, now: () => number): Promise<0 | 1> {
  const logger = pino({ level: settings.logLevel });
  let service: Service;
  try {
    service = await startService({ settings, now, logger });
  } catch (error) {
    const reason = reasonOf(error, settings);
    if (reason === null) throw error;
    process.stderr.write(`hosho: ${reason}\n`);
    return 1;
  }
  logger.info({ signal: await firstSignal() }, 'stopping');
  await service.close();
  return 0;
}

/** After it, signals are the system's again: a second one ends the process at once. */
async function firstSignal(): Promise<unknown> {
  const done = new AbortController();
  const options = { signal: done.signal };
  const signals = [once(process, 'SIGTERM', options), once(process, 'SIGINT', options)];
  const [signal] = await Promise.race(signals);
  done.abort();
  await Promise.allSettled(signals);
  return signal;
}

/** What someone who starts the service can do something about; null for a bug. */
function reasonOf(error: unknown, { host, port, databaseUrl }: Settings): string | null {
  if (error instanceof DataDirInUse || error instanceof NoRuleSets) return error.message;
  if (error instanceof StoreUnavailable)
    return `${error.message}. Check ${databaseUrl ? 'DATABASE_URL and the server it names' : 'DATA_DIR and its disk'}.`;
  if (!(error instanceof Error) || !('code' in error) || !('syscall' in error)) return null;
  if (error.code === 'EADDRINUSE')
    return `port ${port} on ${host} is taken by another program. Stop that program, or set PORT to another port.`;
  return error.message;
}
