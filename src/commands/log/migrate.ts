import type { ExitCode, Io } from '../terminal/io.ts';
import type { LogAround } from './decisions-list.ts';
import { withStore } from './with-store.ts';

/** Opening a store does it. */
export async function migrate(io: Io, around: LogAround): Promise<ExitCode> {
  await withStore(around, 'owner', (store) => store.ping());
  io.out(io.lang === 'ja' ? 'データベースは今の版です' : 'The database is up to date');
  return 0;
}
