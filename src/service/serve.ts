import cluster from 'node:cluster';
import { DataDirInUse, StoreUnavailable } from '../decisions/store.ts';
import { NoRuleSets } from './follow-rules.ts';
import { openLog } from './log.ts';
import { type Service, type ServiceDependencies, startService } from './service.ts';
import { BadSettings, type Settings } from './settings.ts';
import { firstSignal, leaveWorkers, superviseWorkers, toldToStop } from './workers.ts';

/** Runs the service until SIGTERM or SIGINT. The exit code: 0, or 1 where it could not start, and stderr says why. */
export async function serve(settings: Settings): Promise<0 | 1> {
  const log = openLog(settings);
  if (settings.workers > 1 && cluster.isPrimary) return superviseWorkers(settings.workers, log.logger);
  try {
    return await serveHere({ settings, now: Date.now, log });
  } finally {
    leaveWorkers();
  }
}

async function serveHere(dependencies: ServiceDependencies): Promise<0 | 1> {
  const { logger } = dependencies.log;
  const told = toldToStop();
  let service: Service;
  try {
    service = await startService(dependencies);
  } catch (error) {
    const reason = reasonOf(error, dependencies.settings);
    if (reason === null) throw error;
    process.stderr.write(`hosho: ${reason}\n`);
    return 1;
  }
  logger.info({ signal: await Promise.race([firstSignal(), told]) }, 'stopping');
  await service.close();
  return 0;
}

const CHECK_SERVER = {
  ja: 'DATABASE_URL とそのサーバーを確かめてください。',
  en: 'Check DATABASE_URL and the server it names.',
};
const CHECK_DISK = {
  ja: 'DATA_DIR とそのディスクを確かめてください。',
  en: 'Check DATA_DIR and its disk.',
};

/** What someone who starts the service can do something about, in both languages as `BadSettings` is; null for a bug. */
function reasonOf(error: unknown, { host, port, databaseUrl }: Settings): string | null {
  if (error instanceof BadSettings || error instanceof NoRuleSets) return error.message;
  if (error instanceof DataDirInUse) return `${error.text.en}\n${error.text.ja}`;
  if (error instanceof StoreUnavailable) {
    const { ja, en } = databaseUrl ? CHECK_SERVER : CHECK_DISK;
    return `${error.text.en}. ${en}\n${error.text.ja}。${ja}`;
  }
  if (!(error instanceof Error) || !('code' in error) || !('syscall' in error)) return null;
  if (error.code === 'EADDRINUSE')
    return `port ${port} on ${host} is taken by another program. Stop that program, or set PORT to another port.`;
  return error.message;
}
