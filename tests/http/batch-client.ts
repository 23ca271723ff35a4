import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { z } from 'zod';

export const NDJSON = 'application/x-ndjson';

const problemSchema = z.looseObject({ type: z.string(), status: z.number(), detail: z.string() });
const answerSchema = z.looseObject({ id: z.string(), outcome: z.string() });
const lineSchema = z.union([
  z.strictObject({ line: z.number(), answer: answerSchema }),
  z.strictObject({ line: z.number(), problem: problemSchema }),
]);
export type AnsweredLine = z.infer<typeof lineSchema>;

export const answered = (written: string): AnsweredLine => lineSchema.parse(JSON.parse(written));
export const idOf = (line: AnsweredLine): string => ('answer' in line ? line.answer.id : '');
export const typeOf = (line: AnsweredLine): string =>
  'problem' in line ? line.problem.type.replace('urn:hosho:problem:', '') : 'answer';

/** A caller that reads when it likes. */
export function openBatch(url: string, headers: Record<string, string> = {}) {
  const sending = request(`${url}/evaluate/batch`, {
    ...{ method: 'POST', agent: false },
    headers: { 'Content-Type': NDJSON, ...headers },
  });
  sending.on('error', () => {});
  sending.flushHeaders();
  const responding: Promise<IncomingMessage[]> = once(sending, 'response');
  responding.catch(() => {});
  async function response(): Promise<IncomingMessage> {
    const [message] = await responding;
    if (!message) throw new Error('no response');
    // A caller that goes away has no use for what that does to its response.
    return message.on('error', () => {});
  }
  /** The answers as they come, one line each. */
  async function* lines(): AsyncGenerator<string> {
    yield* createInterface({ input: await response() }).on('error', () => {});
  }
  return { sending, response, lines };
}

/** Sends it whole. A piece is sent by itself, as far as the network lets it be. */
export async function sendBatch(url: string, body: string | Buffer[], headers: Record<string, string> = {}) {
  const { sending, response } = openBatch(url, headers);
  for (const piece of typeof body === 'string' ? [body] : body) {
    await new Promise((sent) => sending.write(piece, sent));
  }
  sending.end();
  const message = await response();
  const written = await text(message);
  const isBatch = message.headers['content-type'] === NDJSON;
  return {
    ...{ status: message.statusCode, headers: message.headers, written },
    lines: isBatch ? written.split('\n').slice(0, -1).map(answered) : [],
  };
}
