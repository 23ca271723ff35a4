import type { Handler } from 'hono';
import { answerJsonSchema } from '../../engine/answer/answer-schema.ts';
import type { AppEnv } from '../dependencies.ts';

/** JSON Schema of the answers of this program. */
export function showAnswerSchema(): Handler<AppEnv> {
  const text = JSON.stringify(answerJsonSchema());
  return (c) => c.body(text, 200, { 'Content-Type': 'application/schema+json', 'Cache-Control': 'no-cache' });
}
