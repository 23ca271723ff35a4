import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** Stands between a client and Postgres and can fall silent, as a network does that loses every packet. */
export async function silentProxy(databaseUrl: string): Promise<{
  databaseUrl: string;
  silence(): void;
  /** What is asked still arrives, and is done; nothing is answered. */
  loseAnswers(): void;
  /** For new connections; those that met the silence stay dead. */
  listen(): void;
  close(): void;
}> {
  const target = new URL(databaseUrl);
  const sockets = new Set<Socket>();
  const upstreams = new Set<Socket>();
  let silent = false;
  const server = createServer((client) => {
    sockets.add(client.on('error', () => {}));
    if (silent) return;
    const upstream = connect(Number(target.port), target.hostname);
    sockets.add(upstream.on('error', () => {}));
    upstreams.add(upstream);
    client.pipe(upstream).pipe(client);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const url = new URL(databaseUrl);
  if (address !== null && typeof address !== 'string') url.port = String(address.port);
  return {
    databaseUrl: url.href,
    silence() {
      silent = true;
      for (const socket of sockets) socket.unpipe().pause();
    },
    loseAnswers() {
      for (const socket of upstreams) socket.unpipe().pause();
    },
    listen() {
      silent = false;
    },
    close() {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}
