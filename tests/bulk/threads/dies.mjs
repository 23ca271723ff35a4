import { parentPort } from 'node:worker_threads';

// As a thread dies that runs out of memory or meets a bug: after it has taken an order.
parentPort.on('message', () => process.exit(7));
