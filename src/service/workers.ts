/** Several processes that share the port: the first of them starts the others, and serves nothing itself. */
import cluster, { type Worker } from 'node:cluster';
import { once } from 'node:events';
import type { Logger } from 'pino';

const PAUSE_MS = 1_000;
const STOP = 'stop';

/**
 * Keeps so many workers serving until SIGTERM or SIGINT, and resolves when the last has ended: 0, or 1 where one did not
 * end well. A worker that ends before is replaced; 1 where one cannot start and no other serves. Why, it has said itself.
 */
export function superviseWorkers(count: number, logger: Logger): Promise<0 | 1> {
  const running = new Set<Worker>();
  const serving = new Set<Worker>();
  let hasServed = false;
  let isStopping = false;

  return new Promise((resolve) => {
    let exitCode: 0 | 1 = 0;

    function stop(): void {
      isStopping = true;
      for (const worker of running) {
        // Not the signal: from a terminal it has gone to the workers already, and a second one ends them at once.
        if (serving.has(worker)) worker.send(STOP);
        else worker.process.kill();
      }
      if (running.size === 0) resolve(exitCode);
    }

    function start(): void {
      if (isStopping) return;
      const worker = cluster.fork();
      const { pid } = worker.process;
      running.add(worker);
      worker.once('listening', () => {
        serving.add(worker);
        logger.info({ worker: pid, serving: serving.size }, 'a worker serves');
        // The first starts alone: it brings the schema up to date, or says once why it cannot start.
        if (!hasServed) for (let more = 1; more < count; more += 1) start();
        hasServed = true;
      });
      worker.once('exit', (code, signal) => {
        running.delete(worker);
        const didServe = serving.delete(worker);
        if (isStopping) {
          if (didServe && code !== 0) exitCode = 1;
          if (running.size === 0) resolve(exitCode);
          return;
        }
        logger.error({ worker: pid, code, signal, serving: serving.size }, 'a worker has ended');
        if (didServe || serving.size > 0) {
          setTimeout(start, PAUSE_MS);
          return;
        }
        exitCode = 1;
        stop();
      });
    }

    start();
    void firstSignal().then((signal) => {
      logger.info({ signal }, 'stopping');
      stop();
    });
  });
}

/** Resolves when the first process says so; never in a process that no other started. */
export async function toldToStop(): Promise<typeof STOP> {
  while (cluster.isWorker) {
    const [message]: unknown[] = await once(process, 'message');
    if (message === STOP) return message;
  }
  return new Promise(() => {});
}

/** Lets a worker end. */
export function leaveWorkers(): void {
  cluster.worker?.disconnect();
}

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
