/** Requests to evaluate: one with its answer; or many, a line of NDJSON each, and a line for its answer. */
import type { Handler } from 'hono';
import pLimit from 'p-limit';
import type { Evaluating, Judging } from '../../operations/evaluate.ts';
import { type Answered, evaluateJson, tryJson } from '../../operations/evaluate-json.ts';
import type { AppEnv, Dependencies } from '../dependencies.ts';
import { answerProblem, type HttpProblem, problemBody, problemOf } from '../problems.ts';
import { type Line, ndjsonLines } from '../request/ndjson-lines.ts';
import { bodyOf, parseJson, readJson, refuseType } from '../request/read-body.ts';
import { answersInOrder } from './answers-in-order.ts';

/** Decides, logs and answers. */
export const evaluate = (evaluating: Evaluating): Handler<AppEnv> =>
  answering((value, key) => evaluateJson(evaluating, value, key));

/** Decides and answers: an Idempotency-Key has no meaning where nothing is logged. */
export const tryOut = (judging: Judging): Handler<AppEnv> => answering((value) => tryJson(judging, value));

function answering(answer: (value: unknown, key?: string) => Promise<Answered>): Handler<AppEnv> {
  return async (c) => {
    const key = c.req.header('idempotency-key');
    const badKey = refuseKey(key);
    if (badKey) return answerProblem(c, badKey);
    const body = await readJson(c);
    if ('problem' in body) return answerProblem(c, body.problem);
    const answered = await answer(body.value, key);
    if ('problem' in answered) return answerProblem(c, answered.problem);
    // Not c.body(): with more than one header it makes a Headers object, which takes longer than reading the request.
    return new Response(answered.answer, {
      headers: {
        'Content-Type': 'application/json',
        'Cache-Control': 'no-store',
        'X-Request-Id': c.get('requestId'),
        ...(answered.repeated && { 'Idempotency-Replayed': 'true' }),
      },
    });
  };
}

/** What the log takes for a key. */
const LONGEST = 255;
const VISIBLE = /^[\x21-\x7e]+$/;

/** A problem where there is a key that cannot be one. */
function refuseKey(key: string | undefined, longest: number = LONGEST): HttpProblem | null {
  if (key === undefined || (VISIBLE.test(key) && key.length <= longest)) return null;
  return {
    name: 'invalid-idempotency-key',
    detail: `Idempotency-Key must be 1 to ${longest} visible ASCII characters, without spaces.`,
  };
}

/** In one process; each may have as many answers waiting for its caller as the window has lines. */
export const MAX_BATCHES = 8;
/** Lines under evaluation at once, of all batches together: a request of its own never waits behind more. */
export const WINDOW = 256;

const NDJSON = 'application/x-ndjson';
/** A line's key is <key>/<line>, which must be a key too. */
const LONGEST_KEY = 240;
/** Where every line fails for the same reason, the log need not say so every time. */
const FAILURES_LOGGED = 10;

export function evaluateBatch({
  logger,
  ...evaluating
}: Evaluating & Pick<Dependencies, 'logger'>): Handler<AppEnv> {
  const limit = pLimit(WINDOW);
  return (c) => {
    const key = c.req.header('idempotency-key');
    const refused = refuseKey(key, LONGEST_KEY) ?? refuseType(c.req, NDJSON);
    if (refused) return answerProblem(c, refused);

    const requestId = c.get('requestId');
    const counts = { lines: 0, problems: 0 };
    const failures = new Set<string>();
    const fail = (line: number, error: unknown) => {
      if (failures.size < FAILURES_LOGGED && !failures.has(String(error))) {
        failures.add(String(error));
        logger.error({ requestId, line, err: error }, 'a line failed');
      }
      return { problem: problemOf(error) };
    };
    async function evaluateLine(line: Line) {
      if ('problem' in line) return line;
      const json = parseJson(line.bytes);
      if ('problem' in json) return json;
      const lineKey = key === undefined ? undefined : `${key}/${line.number}`;
      try {
        return await evaluateJson(evaluating, json.value, lineKey);
      } catch (error) {
        return fail(line.number, error);
      }
    }
    async function answer(line: Line): Promise<string> {
      const evaluated = await limit(evaluateLine, line);
      counts.lines += 1;
      if ('answer' in evaluated) return `{"line":${line.number},"answer":${evaluated.answer}}\n`;
      counts.problems += 1;
      return `{"line":${line.number},"problem":${problemBody(evaluated.problem)}}\n`;
    }

    const { stream, ended } = answersInOrder(
      ndjsonLines(bodyOf(c).iterator({ destroyOnReturn: false })),
      WINDOW,
      answer,
    );
    c.set(
      'ended',
      ended.then(() => counts),
    );
    return new Response(stream, {
      headers: { 'Content-Type': NDJSON, 'Cache-Control': 'no-store', 'X-Request-Id': requestId },
    });
  };
}
