/** What runs in a thread of a bulk run. The rules are read and compiled here: a compiled rule set cannot cross threads. */
import { parentPort, workerData } from 'node:worker_threads';
import { load, VOCABULARY_FILE } from '../rule-files/load.ts';
import { readVocabulary } from '../rulebook/vocabulary.ts';
import { createDecider, type Order } from './decide-chunk.ts';
import type { Task } from './task.ts';

const task: Task = workerData;
const { file, ruleText, vocabularyText } = task.rules;
const { vocabulary } = readVocabulary(VOCABULARY_FILE, vocabularyText);
const loaded = vocabulary && load(file, ruleText, vocabulary, vocabularyText).loaded;
if (!loaded) throw new Error(`${file} was sound a moment ago`);
const decide = createDecider(loaded, task);

parentPort?.on('message', async ({ chunk, ...order }: Order) => {
  // A Buffer arrives as a Uint8Array.
  const { buffer, byteOffset, length } = chunk.bytes;
  const bytes = Buffer.from(buffer, byteOffset, length);
  const decided = await decide({ ...order, chunk: { bytes, line: chunk.line } });
  const { decisions, payments, review } = decided;
  parentPort?.postMessage(decided, [decisions.buffer, payments.buffer, review.buffer]);
});
