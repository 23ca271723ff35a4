import { hostname } from 'node:os';
import { type Logger, pino } from 'pino';
import type { LogRequest } from '../http/dependencies.ts';
import type { Settings } from './settings.ts';

/** The lines of requests are written together: about so many characters, or what there is after so long. */
const TOGETHER = 8_192;
const WAIT_MS = 100;
const [INFO, WARNING] = [30, 40];

export interface Log {
  logger: Logger;
  /** The same line as `logger.info(line, 'request')`, made in a fraction of the time. */
  logRequest: LogRequest;
}

/** Lines on stdout, in order. A warning, or worse, leaves at once; the rest is out before the process ends by itself. */
export function openLog({ logLevel }: Pick<Settings, 'logLevel'>): Log {
  const output = pino.destination({ sync: true });
  // Not pino's own asynchronous output: measuring what waits, line by line, and waking a thread take longer than this.
  let waiting = '';
  const send = (): void => {
    if (waiting !== '') output.write(waiting);
    waiting = '';
  };
  const stream = {
    // Has pino tell the level of each line before it writes it.
    [pino.symbols.needsMetadataGsym]: true,
    lastLevel: INFO,
    write(line: string): void {
      waiting += line;
      if (waiting.length > TOGETHER || this.lastLevel >= WARNING) send();
    },
    flush(done: () => void): void {
      send();
      done();
    },
  };
  setInterval(send, WAIT_MS).unref();
  process.once('exit', send);

  const base = { pid: process.pid, hostname: hostname() };
  const logger = pino({ level: logLevel, base }, stream);
  const about = JSON.stringify(base).slice(1, -1);
  const isLogged = logger.isLevelEnabled('info');
  const logRequest: LogRequest = ({ requestId, method, path, status, ms }) => {
    if (!isLogged) return;
    waiting += `{"level":${INFO},"time":${Date.now()},${about},"requestId":"${requestId}","method":"${method}","path":${JSON.stringify(path)},"status":${status},"ms":${ms},"msg":"request"}\n`;
    if (waiting.length > TOGETHER) send();
  };
  return { logger, logRequest };
}
