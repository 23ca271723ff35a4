import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { casesFileOf, displayName, VOCABULARY_FILE } from '../../rule-files/load.ts';
import { localDate, parseMoment } from '../../rulebook/calendar.ts';
import type { LocalizedText } from '../../rulebook/lang.ts';
import { idSchema } from '../../rulebook/vocabulary.ts';
import { type ExitCode, green, type Io, UsageError } from '../terminal/io.ts';
import { exists } from './rule-files.ts';

export interface NewOptions {
  /** Another rule file, copied with its cases. */
  from?: string;
}

const TEMPLATES = fileURLToPath(new URL('../../../rules/templates', import.meta.url));
const TIME_ZONE = 'Asia/Tokyo';
/** From the notice to the deadline for applications. */
const APPLICATION_DAYS = 60;

/** Writes a rule file and its cases, sound as they stand. Overwrites nothing. `now` in epoch milliseconds. */
export async function newRuleSet(
  io: Io,
  rulesDir: string,
  names: { prefecture: string; incident: string },
  now: number,
  { from }: NewOptions,
): Promise<ExitCode> {
  for (const [what, name] of Object.entries(names))
    if (!idSchema.safeParse(name).success)
      throw new UsageError({
        en: `${what} ${name}: use letters, digits, - _ .`,
        ja: `${what} ${name}：英数字と - _ . で書いてください`,
      });
  if (!(await exists(join(rulesDir, VOCABULARY_FILE))))
    throw new UsageError({
      en: `${join(rulesDir, VOCABULARY_FILE)}: no such file; RULES_DIR says where`,
      ja: `${join(rulesDir, VOCABULARY_FILE)}：共通の語彙がありません。RULES_DIR で指定できます`,
    });
  const path = join(rulesDir, names.prefecture, `${names.incident}.yaml`);
  for (const each of [path, casesFileOf(path)])
    if (await exists(each))
      throw new UsageError({
        en: `${displayName(each)}: is there already`,
        ja: `${displayName(each)}：すでにあります`,
      });
  const texts = from === undefined ? await filledIn(names, now) : await copied(from, names);
  await mkdir(dirname(path), { recursive: true });
  // Not over a file that has come meanwhile.
  await writeFile(path, texts.rules, { flag: 'wx' });
  if (texts.cases !== null) await writeFile(casesFileOf(path), texts.cases, { flag: 'wx' });
  const written = [path, ...(texts.cases === null ? [] : [casesFileOf(path)])].map((each) =>
    displayName(resolve(each)),
  );
  io.out(green(io, written.join('\n')));
  io.out(NEXT[io.lang].replaceAll('FILE', written[0] ?? ''));
  return 0;
}

const NEXT: LocalizedText = {
  ja: '告知と並べて書き換え、次のように確かめてください。\n  hosho check FILE\n  hosho test FILE\n  hosho notice FILE --output notice.html',
  en: 'Write it beside the notice, then look:\n  hosho check FILE\n  hosho test FILE\n  hosho notice FILE --output notice.html',
};

interface Texts {
  rules: string;
  /** null where there are none. */
  cases: string | null;
}

async function filledIn(names: { prefecture: string; incident: string }, now: number): Promise<Texts> {
  const today = localDate(now, TIME_ZONE);
  // An incident is named by its day, where nothing else is known.
  const named = parseMoment(names.incident, TIME_ZONE);
  const outage = named && named.start < now ? localDate(named.start, TIME_ZONE) : today.subtract({ days: 7 });
  const application = today.add({ days: APPLICATION_DAYS });
  const values: Record<string, string> = {
    __PREFECTURE__: names.prefecture,
    __INCIDENT__: names.incident,
    __PUBLISHED__: String(today),
    __OUTAGE__: String(outage),
    __BEFORE_OUTAGE__: String(outage.subtract({ days: 1 })),
    __APPLICATION__: String(application),
    __AFTER_APPLICATION__: String(application.add({ days: 1 })),
  };
  const fill = async (name: string): Promise<string> =>
    (await readFile(join(TEMPLATES, name), 'utf8')).replaceAll(/__[A-Z_]+?__/g, (key) => values[key] ?? key);
  return { rules: await fill('rule-set.yaml.template'), cases: await fill('cases.yaml.template') };
}

/** Everything as it is, but for the two names. */
async function copied(from: string, names: { prefecture: string; incident: string }): Promise<Texts> {
  const read = (path: string): Promise<string | null> => readFile(path, 'utf8').catch(() => null);
  const rules = await read(from);
  if (rules === null)
    throw new UsageError({ en: `${from}: no such file`, ja: `${from}：ファイルがありません` });
  const cases = await read(casesFileOf(from));
  const renamed = (text: string): string =>
    Object.entries(names).reduce(
      (renaming, [key, name]) =>
        renaming.replace(new RegExp(`^${key}:[^#\\n]*?(\\s+#.*)?$`, 'm'), `${key}: ${name}$1`),
      text,
    );
  return { rules: renamed(rules), cases: cases === null ? null : renamed(cases) };
}
