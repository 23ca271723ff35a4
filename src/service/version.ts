import { createRequire } from 'node:module';
import { z } from 'zod';

// The package's root is two folders up from here, in `src` as in `dist`.
const manifest: unknown = createRequire(import.meta.url)('../../package.json');

/** hosho's own version, logged with every decision. */
export const { version } = z.object({ version: z.string() }).parse(manifest);
