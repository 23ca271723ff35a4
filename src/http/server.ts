import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { getRequestListener, RequestError } from '@hono/node-server';
import type { Hono } from 'hono';
import type { AppEnv } from './dependencies.ts';
import { problemResponse } from './problems.ts';

/** How long requests under way may take to end when the server closes. */
const GRACE_MS = 10_000;
const SWEEP_MS = 50;
/** For a URL where HTTP/1.0 names no host. The app looks at the header itself, and answers probes without one. */
const NO_HOST = 'localhost';

/** How long a caller may take. How long a body may is for the route: a batch ends when its caller says so. */
const PATIENCE = {
  /** For the head of a request. */
  headMs: 60_000,
  /** While nothing moves on the connection, in either direction. */
  silenceMs: 120_000,
  /** How often Node looks whether a head is late. */
  lookMs: 30_000,
};

export interface Listening {
  url: string;
  /** Takes no more connections, and resolves when the requests under way are answered. */
  close(): Promise<void>;
}

/** Rejects with the system's error (EADDRINUSE, EACCES, …) where it cannot listen. Port 0 takes any free one. */
export async function listen(
  app: Hono<AppEnv>,
  { host, port }: { host: string; port: number },
  { headMs, silenceMs, lookMs } = PATIENCE,
): Promise<Listening> {
  const limits = { requestTimeout: 0, headersTimeout: headMs, connectionsCheckingInterval: lookMs };
  const listener = getRequestListener(app.fetch, { errorHandler: refuse, hostname: NO_HOST });
  const server = createServer(limits, listener);
  server.setTimeout(silenceMs);
  server.listen(port, host);
  await once(server, 'listening');
  const address = server.address();
  const taken = typeof address === 'object' && address !== null ? address.port : port;
  const url = `http://${host.includes(':') ? `[${host}]` : host}:${taken}`;
  return { url, close: () => close(server) };
}

/** Only what goes wrong before the app: a request that makes no URL. */
function refuse(error: unknown): Response {
  return error instanceof RequestError
    ? problemResponse({ name: 'malformed-request', detail: `${error.message}.` })
    : problemResponse({ name: 'internal-error', detail: 'The request could not be answered.' });
}

async function close(server: Server): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  // Clients keep connections open between requests; each goes as soon as its last answer is out.
  const sweep = setInterval(() => server.closeIdleConnections(), SWEEP_MS);
  const limit = setTimeout(() => server.closeAllConnections(), GRACE_MS);
  await closed;
  clearInterval(sweep);
  clearTimeout(limit);
}
