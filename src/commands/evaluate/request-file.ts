/** The request of `hosho evaluate --facts`: a file of facts alone, or of a whole request, and what the options say. */
import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { repeatedKey, repeatedKeyWords } from '../../engine/facts/repeated-key.ts';
import { parseEvaluationRequest, REQUEST_FIELDS } from '../../operations/evaluation-request.ts';
import { parseInstant } from '../../rulebook/calendar.ts';
import { misuse } from '../terminal/io.ts';
import { flagOf, instantOption, versionOption } from '../terminal/options.ts';

/** What a request can say, too. */
export interface RequestOptions {
  prefecture: string;
  incident: string;
  /** A JSON file of facts, or of a whole request; "-" is standard input. */
  facts: string;
  /** RFC 3339 with an offset; the clock's time where absent. */
  asOf?: string | undefined;
  /** sha256 or its first digits. */
  version?: string | undefined;
  /** RFC 3339 with an offset: by the version that was in use then. */
  knownAt?: string | undefined;
  explain: boolean;
}

/** The request, or what is wrong with it. A usage error where options and file contradict each other. */
export async function requestOf(options: RequestOptions): Promise<ReturnType<typeof parseEvaluationRequest>> {
  const { prefecture, incident, asOf, version, knownAt, explain } = options;
  if (version !== undefined && knownAt !== undefined)
    throw misuse('--version, --known-at', { en: 'choose one', ja: 'どちらか一つを選んでください' });
  if (asOf !== undefined) instantOption('--as-of', asOf);
  if (knownAt !== undefined) instantOption('--known-at', knownAt);
  if (version !== undefined) versionOption(version);
  const inFile = requestIn(await jsonIn(options.facts));
  const given = { prefecture, incident, asOf, version, knownAt, explain: explain ? 'full' : undefined };
  refuseContradictions(given, inFile);
  const fromOptions = Object.entries(given).filter(([, value]) => value !== undefined);
  return parseEvaluationRequest({ ...Object.fromEntries(fromOptions), ...inFile });
}

type Request = Readonly<Record<string, unknown>>;

/** Groups of facts are objects: a text under the name of a field makes it a request, if one without facts. */
function requestIn(data: unknown): Request {
  if (typeof data !== 'object' || data === null || Array.isArray(data)) return { facts: data };
  const request: Request = { ...data };
  const isRequest =
    Object.hasOwn(request, 'facts') || REQUEST_FIELDS.some((name) => typeof request[name] === 'string');
  return isRequest ? request : { facts: data };
}

/** What says the same otherwise, as two ways to write an instant, is none. */
function refuseContradictions(given: Readonly<Record<string, string | undefined>>, inFile: Request): void {
  const same = Object.keys(given).map((name) => [name, name]);
  const pairs = [...same, ['version', 'knownAt'], ['knownAt', 'version']];
  for (const [option = '', field = ''] of pairs) {
    const [wanted, said] = [given[option], inFile[field]];
    // A value that is no text is wrong by itself.
    if (wanted === undefined || typeof said !== 'string') continue;
    if (option === field && comparable(wanted) === comparable(said)) continue;
    const shown = option === 'explain' ? '' : ` ${wanted}`;
    throw misuse(`${flagOf(option)}${shown}, /${field} ${JSON.stringify(said)}`, {
      en: 'the option and the request of --facts contradict each other',
      ja: 'オプションと --facts のファイルの内容が食い違っています',
    });
  }
}

const comparable = (value: string): string | number => parseInstant(value) ?? value.toLowerCase();

async function jsonIn(path: string): Promise<unknown> {
  const content = await (path === '-' ? text(process.stdin) : readFile(path, 'utf8')).catch(() => {
    throw misuse(path, { en: 'cannot be read', ja: 'ファイルを読めません' });
  });
  const value = parsed(path, content);
  const repeated = repeatedKey(content, value);
  if (repeated !== null) throw misuse(`${path} ${repeated.pointer}`, repeatedKeyWords(repeated));
  return value;
}

function parsed(path: string, content: string): unknown {
  try {
    return JSON.parse(content);
  } catch (error) {
    const reason = error instanceof Error ? error.message : '';
    throw misuse(path, { en: `not JSON: ${reason}`, ja: `JSON として読めません：${reason}` });
  }
}
