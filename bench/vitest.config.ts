import { defineConfig } from 'vitest/config';

/** Not part of the tests: prints figures. `npm run bench -- engine|functions|interview|http|log|bulk|growth|memory|check|audit|rules-folder|versions`. */
export default defineConfig({
  test: {
    include: ['bench/*.bench.ts'],
    globalSetup: ['tests/support/global-setup.ts'],
    testTimeout: 900_000,
    fileParallelism: false,
    reporters: ['default'],
  },
});
