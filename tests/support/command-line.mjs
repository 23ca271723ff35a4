/** Runs the command line again and again in one process: its libraries are loaded once, the rest is as in a call of its own. */
import { PassThrough, Readable } from 'node:stream';
import { pathToFileURL } from 'node:url';

const [, , cli] = process.argv;
let calls = 0;

const replace = (name, value) => Object.defineProperty(process, name, { value, configurable: true });
function collect(name) {
  const pieces = [];
  replace(
    name,
    new PassThrough().on('data', (piece) => pieces.push(piece)),
  );
  return () => Buffer.concat(pieces).toString();
}

process.on('message', async ({ args, cwd, env, input }) => {
  const [stdout, stderr] = ['stdout', 'stderr'].map(collect);
  replace('stdin', Readable.from([Buffer.from(input)]));
  process.argv = [process.execPath, cli, ...args];
  process.env = env;
  process.exitCode = 0;
  process.chdir(cwd);
  let thrown = '';
  try {
    // Another address each time, or the module would not run again.
    await import(`${pathToFileURL(cli)}?${calls++}`);
  } catch (error) {
    process.exitCode = 1;
    thrown = String(error?.stack ?? error);
  }
  // What was written last comes out of the streams a turn later.
  setImmediate(() => {
    process.send({ status: process.exitCode, stdout: stdout(), stderr: stderr() + thrown });
  });
});
process.on('disconnect', () => process.exit());
