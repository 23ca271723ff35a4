import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pino } from 'pino';
import { v4, v7 } from 'uuid';
import { newSigningKey, readSigningKey } from '../../src/audit/keys.ts';
import { openStore } from '../../src/decisions/open.ts';
import type { DecisionRecord, DecisionStore } from '../../src/decisions/store.ts';
import { createApp } from '../../src/http/app.ts';
import { listen } from '../../src/http/server.ts';
import { openComparer } from '../../src/operations/comparer.ts';
import { storedRules } from '../../src/rule-files/stored-rules.ts';
import { followRules } from '../../src/service/follow-rules.ts';
import type { Log } from '../../src/service/log.ts';
import { type Service, startService } from '../../src/service/service.ts';
import { freshFolder, freshPlace, type Place } from '../support/stores.ts';
import { copyWords } from '../support/words.ts';

export const rulesDir = fileURLToPath(new URL('../../rules', import.meta.url));
/** Of no secret: for tests. */
export const KEYS = newSigningKey();
const AUDIT_KEY = readSigningKey(KEYS.privateKey);

export const NOW = Date.parse('2023-03-20T12:00:00+09:00');

/** A request that is decided: eligible, category A, the extension running. */
export const sound = {
  prefecture: 'yamaguchi',
  incident: '2023-02-24',
  asOf: '2023-03-05T12:00:00+09:00',
  facts: {
    programme: { used: true, destinationPrefecture: '35' },
    voucher: {
      platform: 'regionpay',
      medium: 'paper',
      received: true,
      originalExpiry: '2023-02-24T23:59:00+09:00',
      balanceAfterGraceYen: 1,
      balanceNowYen: 1,
    },
    app: { charged: true, account: 'active', contact: 'email' },
  },
};

export interface LogLine {
  level: number;
  msg: string;
  [member: string]: unknown;
}

export function memoryLogger(): Log & { text(): string; lines(): LogLine[] } {
  const written: string[] = [];
  const logger = pino({ level: 'trace' }, { write: (line: string) => void written.push(line) });
  return {
    logger,
    logRequest: (line) => logger.info(line, 'request'),
    text: () => written.join(''),
    lines: () => written.map((line) => JSON.parse(line)),
  };
}

/** The app over the project's rules and a real store. `change` puts something in front of the store. */
export async function openApp(
  kind: DecisionStore['kind'],
  change: (store: DecisionStore) => Partial<DecisionStore> = () => ({}),
) {
  const place = await freshPlace(kind);
  const real = await openStore(place);
  /** Everything that was logged as a decision, or tried to be. */
  const appended: DecisionRecord[] = [];
  const counted: DecisionStore = {
    ...real,
    append(record, idempotency) {
      appended.push(record);
      return real.append(record, idempotency);
    },
  };
  const store: DecisionStore = { ...counted, ...change(counted) };
  const log = memoryLogger();
  const registry = await followRules(rulesDir, { store: real, now: () => NOW }, log.logger);
  const app = createApp({
    ...{ registry, store, comparer: openComparer(), readStored: storedRules(), ...log },
    ...{
      now: () => NOW,
      newId: v7,
      newRequestId: v4,
      engineVersion: '0.0.0-test',
      auditKey: AUDIT_KEY ?? undefined,
      allowedHosts: [],
    },
  });
  const evaluate = async (body: unknown, headers: Record<string, string> = {}): Promise<Response> =>
    app.request('/evaluate', post(body, headers));
  async function close(): Promise<void> {
    await registry.close();
    await real.close();
  }
  return { place, app, store, registry, log, appended, evaluate, close };
}
export type OpenApp = Awaited<ReturnType<typeof openApp>>;

/** The same on a port. */
export async function openServer(...[kind, change]: Parameters<typeof openApp>) {
  const opened = await openApp(kind, change);
  const listening = await listen(opened.app, { host: '127.0.0.1', port: 0 });
  async function close(): Promise<void> {
    await listening.close();
    await opened.close();
  }
  return { ...opened, url: listening.url, close };
}
export type OpenServer = Awaited<ReturnType<typeof openServer>>;

/** A text is sent as it is, anything else as its JSON. */
export function post(body: unknown, headers: Record<string, string> = {}): RequestInit {
  return {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  };
}

/** The whole service on a free port. */
export async function startOn(
  place: Place,
  rules: string = rulesDir,
): Promise<{ service: Service; log: ReturnType<typeof memoryLogger> }> {
  const log = memoryLogger();
  const settings = {
    ...{ port: 0, host: '127.0.0.1', rulesDir: rules, logLevel: 'info' as const },
    ...{ dataDir: place.dataDir, cacheDir: place.dataDir },
    ...{ databaseUrl: place.databaseUrl, workers: 1 },
    ...{ auditKey: undefined, auditPublicKeys: [], insecureNoKeys: false, allowedHosts: [] },
  };
  return { service: await startService({ settings, now: () => NOW, log }), log };
}

/** A copy of the words and one rule set, to be edited. */
export async function copyRules(): Promise<{ directory: string; file: string }> {
  const directory = await freshFolder();
  copyWords(directory, rulesDir);
  const file = join(directory, 'yamaguchi/2023-02-24.yaml');
  await cp(join(rulesDir, 'yamaguchi/2023-02-24.yaml'), file);
  return { directory, file };
}
