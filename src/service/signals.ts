import { once } from 'node:events';

/** SIGTERM or SIGINT. After it, signals are the system's again: a second one ends the process at once. */
export async function firstSignal(): Promise<unknown> {
  const done = new AbortController();
  const options = { signal: done.signal };
  const signals = [once(process, 'SIGTERM', options), once(process, 'SIGINT', options)];
  const [signal] = await Promise.race(signals);
  done.abort();
  await Promise.allSettled(signals);
  return signal;
}
