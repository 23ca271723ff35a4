/**
 * One of the servers that the HTTP bench measures, as a process of its own: `node http-servers.js <kind> <root>`, root being
 * the project's. It says where it listens in a line with `"url":"…"`, as the service itself does.
 * ANSWER: file of the answer that the peers have ready. DATABASE_URL: where the peer with a log has it.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { serve } from '@hono/node-server';
import { sql } from 'drizzle-orm';
import { pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import { drizzle } from 'drizzle-orm/postgres-js';
import { Hono } from 'hono';
import postgres from 'postgres';
import { v4, v7 } from 'uuid';
import { z } from 'zod';
import type { FactDefinition, Vocabulary } from '../src/rulebook/vocabulary.ts';
import { plainEngine } from './plain-engine.ts';
import { stubStore } from './stub-store.ts';

const [kind = '', root = ''] = process.argv.slice(2);
const load = <T>(path: string): Promise<T> => import(join(root, 'dist', path));
const readText = (path: string): string => readFileSync(join(root, path), 'utf8');
const readyAnswer = (): string => readFileSync(process.env.ANSWER ?? '', 'utf8');

const RULES = 'rules/yamaguchi/2023-02-24.yaml';
const JSON_TYPE = { 'Content-Type': 'application/json' };

function listen(app: Hono): void {
  serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, ({ port }) =>
    console.log(JSON.stringify({ url: `http://127.0.0.1:${port}` })),
  );
}

/** A fact of the vocabulary as one would write it in zod. */
function factSchema({ type, values, pattern }: FactDefinition): z.ZodType {
  const ids = values?.map(({ id }) => id) ?? [];
  const anyText = z.string().max(1000);
  switch (type) {
    case 'boolean':
      return z.boolean();
    case 'integer':
      return z.int().min(0);
    case 'instant':
      return z.iso.datetime({ offset: true });
    case 'set':
      return z.array(ids.length > 0 ? z.enum(ids) : anyText);
    default:
      if (ids.length > 0) return z.enum(ids);
      return pattern === null ? anyText : z.string().regex(new RegExp(pattern, 'u'));
  }
}

function requestSchema({ facts }: Vocabulary) {
  const groups: Record<string, Record<string, z.ZodType>> = {};
  for (const definition of facts.values()) {
    const [group = '', name = ''] = definition.name.split('.');
    groups[group] = { ...groups[group], [name]: factSchema(definition).optional() };
  }
  const factsSchema = Object.entries(groups).map(([group, of]) => [group, z.strictObject(of).optional()]);
  return z.strictObject({
    prefecture: z.string(),
    incident: z.string(),
    asOf: z.iso.datetime({ offset: true }).optional(),
    reference: z.string().max(200).optional(),
    version: z
      .string()
      .regex(/^[0-9a-f]{6,64}$/i)
      .optional(),
    explain: z.enum(['reasons', 'full']).default('reasons'),
    facts: z.strictObject(Object.fromEntries(factsSchema)),
  });
}

async function readVocabulary(): Promise<Vocabulary> {
  const { readVocabulary } =
    await load<typeof import('../src/rulebook/vocabulary.ts')>('rulebook/vocabulary.js');
  const { vocabulary } = readVocabulary('vocabulary', readText('rules/vocabulary.yaml'));
  if (!vocabulary) throw new Error('the vocabulary is not sound');
  return vocabulary;
}

function echo(): void {
  const app = new Hono();
  app.post('/evaluate', async (c) => c.body(await c.req.text(), 200, JSON_TYPE));
  listen(app);
}

async function zod(): Promise<void> {
  const schema = requestSchema(await readVocabulary());
  const ready = readyAnswer();
  const app = new Hono();
  app.post('/evaluate', async (c) => {
    const parsed = schema.safeParse(await c.req.json());
    return parsed.success ? c.body(ready, 200, JSON_TYPE) : c.json(z.treeifyError(parsed.error), 400);
  });
  listen(app);
}

const decisions = pgTable('peer_decisions', {
  id: uuid().primaryKey(),
  prefecture: text().notNull(),
  incident: text().notNull(),
  asOf: timestamp({ withTimezone: true }).notNull(),
  decidedAt: timestamp({ withTimezone: true }).notNull(),
  facts: text().notNull(),
  answer: text().notNull(),
});

/** json-rules-engine and one INSERT for each request; the answer it logs and gives is the ready one. */
async function plain(): Promise<void> {
  const vocabulary = await readVocabulary();
  const { readRuleSet, compile, readFacts, ...parts } = await engineParts();
  const { ruleSet } = readRuleSet(RULES, readText(RULES), vocabulary);
  if (!ruleSet) throw new Error('the rule set is not sound');
  const decide = plainEngine(compile(ruleSet), parts);
  const database = drizzle(postgres(process.env.DATABASE_URL ?? '', { onnotice() {} }));
  await database.execute(sql`create table if not exists peer_decisions (id uuid primary key, prefecture text not null,
    incident text not null, "asOf" timestamptz not null, "decidedAt" timestamptz not null, facts text not null, answer text not null)`);
  const schema = requestSchema(vocabulary);
  const ready = readyAnswer();
  const app = new Hono();
  app.post('/evaluate', async (c) => {
    const parsed = schema.safeParse(await c.req.json());
    if (!parsed.success) return c.json(z.treeifyError(parsed.error), 400);
    const { prefecture, incident, asOf = '', facts } = parsed.data;
    const read = readFacts(vocabulary, facts, Date.parse(asOf)).facts;
    if (read === null) return c.json({}, 422);
    await decide(read.slots);
    await database.insert(decisions).values({
      ...{ id: v7(), prefecture, incident, asOf: new Date(asOf), decidedAt: new Date() },
      ...{ facts: JSON.stringify(facts), answer: ready },
    });
    return c.body(ready, 200, JSON_TYPE);
  });
  listen(app);
}

async function engineParts() {
  const { readRuleSet } =
    await load<typeof import('../src/rulebook/read-rule-set.ts')>('rulebook/read-rule-set.js');
  const { compile } = await load<typeof import('../src/engine/program.ts')>('engine/program.js');
  const { readFacts } = await load<typeof import('../src/engine/facts/read-facts.ts')>(
    'engine/facts/read-facts.js',
  );
  const { truthOf } =
    await load<typeof import('../src/engine/judge/operators.ts')>('engine/judge/operators.js');
  const { resolveOperand } =
    await load<typeof import('../src/engine/facts/values.ts')>('engine/facts/values.js');
  const { OPERATOR_NAMES } =
    await load<typeof import('../src/rulebook/operators.ts')>('rulebook/operators.js');
  return {
    ...{ readRuleSet, compile, readFacts, operators: OPERATOR_NAMES },
    truthOf: (operator: string, left: unknown, right: unknown): string =>
      Reflect.apply(truthOf, null, [operator, left, right]),
    resolveOperand: (operand: unknown, values: unknown, ruleSet: unknown): unknown =>
      Reflect.apply(resolveOperand, null, [operand, values, ruleSet]),
  };
}

/** hosho itself, over a store that keeps nothing. */
async function withoutLog(): Promise<void> {
  const { storedRules } = await load<typeof import('../src/rule-files/stored-rules.ts')>(
    'rule-files/stored-rules.js',
  );
  const { followRules } =
    await load<typeof import('../src/service/follow-rules.ts')>('service/follow-rules.js');
  const { openComparer } =
    await load<typeof import('../src/operations/comparer.ts')>('operations/comparer.js');
  const { createApp } = await load<typeof import('../src/http/app.ts')>('http/app.js');
  const { listen } = await load<typeof import('../src/http/server.ts')>('http/server.js');
  const { openLog } = await load<typeof import('../src/service/log.ts')>('service/log.js');
  const { newId } = await load<typeof import('../src/service/new-id.ts')>('service/new-id.js');
  const log = openLog({ logLevel: 'info' });
  const done = Promise.resolve();
  const appended = Promise.resolve({ kind: 'appended' as const });
  const store = stubStore({
    ...{
      append: () => appended,
      saveVersions: () => done,
      servingOf: async () => [],
      ping: () => done,
      close: () => done,
    },
  });
  const registry = await followRules(join(root, 'rules'), { store, now: Date.now }, log.logger);
  const comparer = openComparer();
  const app = createApp({
    ...{ store, now: Date.now, engineVersion: 'bench', registry, readStored: storedRules(), ...log },
    ...{ newId, newRequestId: v4, comparer },
    ...{ auditKey: undefined, allowedHosts: [] },
  });
  const { url } = await listen(app, { host: '127.0.0.1', port: 0 });
  console.log(JSON.stringify({ url }));
}

const servers: Record<string, () => Promise<void> | void> = { echo, zod, plain, withoutLog };
await servers[kind]?.();
