/**
 * Imported before a service: at SIGUSR2 it adds a line of JSON to the file COVERAGE_FILE, the functions of hosho that were entered
 * since the last time, each as file, name and place.
 */
import { appendFileSync } from 'node:fs';
import { Session } from 'node:inspector';
import { isMainThread } from 'node:worker_threads';

const entered = ({ url, functions }) =>
  functions
    .filter(({ ranges: [whole] }) => whole.count > 0)
    .map(
      ({ functionName, ranges: [whole] }) => `${url.split('/dist/')[1]} ${functionName} ${whole.startOffset}`,
    );

if (isMainThread) {
  const session = new Session();
  session.connect();
  session.post('Profiler.enable');
  session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: false });
  process.on('SIGUSR2', () =>
    session.post('Profiler.takePreciseCoverage', (_, { result }) => {
      const ours = result.filter(({ url }) => url.includes('/dist/') && !url.includes('node_modules'));
      appendFileSync(process.env.COVERAGE_FILE, `${JSON.stringify(ours.flatMap(entered))}\n`);
    }),
  );
}
