import { defineConfig } from 'vitest/config';

const shared = {
  testTimeout: 30_000,
  hookTimeout: 60_000,
  setupFiles: ['tests/fixtures/seed.ts', 'tests/fixtures/lang.ts'],
};
/** Only these need a compiled program and a running Postgres; the others start at once. */
const withStore = [
  'tests/decisions/**/*.test.ts',
  'tests/http/**/*.test.ts',
  'tests/commands/**/*.test.ts',
  'tests/audit/**/*.test.ts',
];

export default defineConfig({
  test: {
    maxWorkers: '100%',
    projects: [
      { test: { ...shared, name: 'pure', include: ['tests/**/*.test.ts'], exclude: withStore } },
      {
        test: {
          ...shared,
          name: 'store',
          include: withStore,
          globalSetup: ['tests/support/global-setup.ts'],
        },
      },
    ],
  },
});
