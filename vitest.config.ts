import { defineConfig, type ViteUserConfig } from 'vitest/config';

const shared = {
  testTimeout: 120_000,
  hookTimeout: 120_000,
  expect: { poll: { timeout: 60_000 } },
  setupFiles: ['tests/fixtures/seed.ts', 'tests/fixtures/lang.ts'],
};
/** Only these need a compiled program and a running Postgres; the others start at once. */
const STORE = { ...shared, globalSetup: ['tests/support/global-setup.ts'] };
const STORE_FOLDERS = ['decisions', 'http', 'commands', 'audit'];
const LONG = 'long.test.ts';
/** They put other modules in the place of real ones, so each needs modules of its own. */
const MOCKING = ['tests/engine/added-field.test.ts', 'tests/rule-files/load.test.ts'];

/** `npm test` is to end within 6 minutes on two cores; what takes longer is in files called *.long.test.ts. */
export function testsOf(which: 'quick' | 'long'): ViteUserConfig {
  const files = which === 'long' ? `*.${LONG}` : '*.test.ts';
  const others = which === 'long' ? [] : [`tests/**/*.${LONG}`];
  const withStore = [...STORE_FOLDERS.map((folder) => `tests/${folder}/**/${files}`), `tests/guide${files}`];
  return defineConfig({
    test: {
      maxWorkers: '100%',
      reporters: ['default', 'tests/support/skipped-reporter.ts'],
      projects: [
        // What is pure has no state to share: loading the modules once for all files saves a third of the time.
        {
          test: {
            ...shared,
            name: 'pure',
            isolate: false,
            include: [`tests/**/${files}`],
            exclude: [...withStore, ...others, ...MOCKING],
          },
        },
        { test: { ...shared, name: 'mocking', include: which === 'long' ? [] : MOCKING } },
        { test: { ...STORE, name: 'store', include: withStore, exclude: others } },
      ],
    },
  });
}

export default testsOf('quick');
