import { defineConfig } from 'drizzle-kit';

export default defineConfig({
  dialect: 'postgresql',
  schema: './src/decisions/schema.ts',
  out: './migrations',
});
