/** The composition that main.ts and `hosho serve` share: settings → store → rule files → app → listening. */
import { v4 } from 'uuid';
import { openStore, storePromise } from '../decisions/open.ts';
import { createApp } from '../http/app.ts';
import { listen } from '../http/server.ts';
import { openComparer } from '../operations/comparer.ts';
import { storedRules } from '../rule-files/stored-rules.ts';
import { followRules, shortName } from './follow-rules.ts';
import { listenAddress, openToAll } from './listen-address.ts';
import type { Log } from './log.ts';
import { newId } from './new-id.ts';
import type { Settings } from './settings.ts';
import { version } from './version.ts';

export interface Service {
  url: string;
  /** Takes no more requests, answers those under way, closes the store. */
  close(): Promise<void>;
}

export interface ServiceDependencies {
  settings: Settings;
  /** Epoch milliseconds. */
  now(): number;
  log: Log;
}

/** Rejects with BadSettings, DataDirInUse, StoreUnavailable, NoRuleSets or the system's error; nothing is left open then. */
export async function startService({ settings, now, log }: ServiceDependencies): Promise<Service> {
  const { logger } = log;
  const { databaseUrl, dataDir, rulesDir, port, auditKey, allowedHosts } = settings;
  const open: { close(): Promise<void> }[] = [];
  /** The last opened first. */
  const close = async (): Promise<void> => {
    for (let last = open.pop(); last !== undefined; last = open.pop()) await last.close();
  };
  const address = await listenAddress(settings);
  try {
    const store = await openStore({ databaseUrl, dataDir });
    open.push(store);
    const registry = await followRules(rulesDir, { store, now }, logger);
    open.push(registry);
    const comparer = openComparer();
    open.push(comparer);
    const listening = await listen(
      createApp({
        ...{ registry, store, comparer, readStored: storedRules(), ...log },
        ...{ now, newId, newRequestId: v4, engineVersion: version, auditKey, allowedHosts },
      }),
      { host: address, port },
    );
    open.push(listening);

    const { url } = listening;
    const ruleSets = registry.all().map(shortName);
    logger.info(
      { url, ruleSets, store: store.kind },
      `hosho ${version} at ${url}. ${storePromise[store.kind]}`,
    );
    const warning = openToAll(address);
    if (warning !== null) logger.warn({ url }, warning);
    return { url, close };
  } catch (error) {
    await close();
    throw error;
  }
}
