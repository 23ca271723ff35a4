import { parentPort } from 'node:worker_threads';

parentPort.on('message', async () => {
  throw new Error('a bug');
});
