import { constants } from 'node:fs';
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startedFrom } from '../../analysis/notice-text/cut-clauses.ts';
import type { RuleSetName } from '../../operations/versions.ts';
import { casesFileOf, displayName, VOCABULARY_FILE } from '../../rule-files/load.ts';
import { noticeFileOf } from '../../rule-files/notice-file.ts';
import { localDate, parseMoment } from '../../rulebook/calendar.ts';
import type { LocalizedText } from '../../rulebook/lang.ts';
import { idSchema } from '../../rulebook/vocabulary.ts';
import { NO_SUCH_FILE, readText } from '../terminal/files.ts';
import { type Context, type ExitCode, misuse } from '../terminal/io.ts';
import { namedNotice } from './notice-texts.ts';
import { exists } from './rule-files.ts';

const TEMPLATES = fileURLToPath(new URL('../../../rules/templates', import.meta.url));
const TIME_ZONE = 'Asia/Tokyo';
/** From the notice to the deadline for applications. */
const APPLICATION_DAYS = 60;

/**
 * Writes a draft of a rule file and its cases, sound as they stand, or copied `from` another. Overwrites nothing: a copy for a
 * rule set that has its file goes beside it, to <incident>.draft.yaml. The text of a `notice` is copied beside it: a new file
 * starts with its sentences, a copy keeps the clauses that it has and the hash of the text that they follow.
 */
export async function newRuleSet(
  { io, rulesDir, now }: Context,
  prefecture: string,
  incident: string,
  { from, notice }: { from?: string; notice?: string },
): Promise<ExitCode> {
  const names = { prefecture, incident };
  for (const [what, name] of Object.entries(names))
    if (!idSchema.safeParse(name).success)
      throw misuse(`${what} ${name}`, {
        en: 'use letters, digits, - _ .',
        ja: '英数字と - _ . で書いてください',
      });
  if (!(await exists(join(rulesDir, VOCABULARY_FILE))))
    throw misuse(join(rulesDir, VOCABULARY_FILE), {
      en: 'no such file; RULES_DIR says where',
      ja: '共通の語彙がありません。RULES_DIR で指定できます',
    });
  const own = join(rulesDir, prefecture, `${incident}.yaml`);
  const isNext = from !== undefined && (await exists(own));
  const path = isNext ? join(rulesDir, prefecture, `${incident}.draft.yaml`) : own;
  const text = notice === undefined ? null : await namedNotice(notice);
  const noticePath = noticeFileOf(path);
  for (const each of [path, casesFileOf(path), ...(text === null ? [] : [noticePath])])
    if (await exists(each))
      throw misuse(displayName(each), {
        en: 'is there already; with --from, the next version goes beside it as a draft',
        ja: 'すでにあります。--from を付けると、次の版の下書きを並べて作ります',
      });
  const { rules, cases } = from === undefined ? await filledIn(names, now()) : await copied(from, names);
  await mkdir(dirname(path), { recursive: true });
  // Not over a file that has come meanwhile.
  await writeFile(path, from === undefined && text !== null ? startedFrom(rules, text) : rules, {
    flag: 'wx',
  });
  if (cases !== null) await writeFile(casesFileOf(path), cases, { flag: 'wx' });
  // Byte for byte: the hash is of these.
  if (notice !== undefined) await copyFile(notice, noticePath, constants.COPYFILE_EXCL);
  const written = [
    path,
    ...(cases === null ? [] : [casesFileOf(path)]),
    ...(notice === undefined ? [] : [noticePath]),
  ];
  io.out(io.green(written.map((each) => displayName(resolve(each))).join('\n')));
  io.out(NEXT[io.lang].replaceAll('FILE', displayName(resolve(path))));
  return 0;
}

const NEXT: LocalizedText = {
  ja: '下書きです。サービスはまだ使いません。告知と並べて書き換え、次のように確かめてください。\n  hosho check FILE\n  hosho test FILE\n  hosho notice FILE --output notice.html',
  en: 'This is a draft, which is not served. Write it beside the notice, then look:\n  hosho check FILE\n  hosho test FILE\n  hosho notice FILE --output notice.html',
};

async function filledIn({ prefecture, incident }: RuleSetName, now: number) {
  const today = localDate(now, TIME_ZONE);
  // An incident is named by its day, where nothing else is known.
  const named = parseMoment(incident, TIME_ZONE);
  const outage = named && named.start < now ? localDate(named.start, TIME_ZONE) : today.subtract({ days: 7 });
  const application = today.add({ days: APPLICATION_DAYS });
  const values: Record<string, string> = {
    __PREFECTURE__: prefecture,
    __INCIDENT__: incident,
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

/** Everything as it is, but for the two names, and that it is a draft. */
async function copied(from: string, names: RuleSetName) {
  const rules = (await readText(from, NO_SUCH_FILE)).replace(/^status:.*\n/m, '');
  const cases = await readFile(casesFileOf(from), 'utf8').catch(() => null);
  const renamed = (text: string): string =>
    Object.entries(names).reduce(
      (renaming, [key, name]) =>
        renaming.replace(new RegExp(`^${key}:[^#\\n]*?(\\s+#.*)?$`, 'm'), `${key}: ${name}$1`),
      text,
    );
  const draft = renamed(rules).replace(
    /^incident:.*$/m,
    '$&\nstatus: draft # 下書き。使い始めるときに、この行を消す',
  );
  return { rules: draft, cases: cases === null ? null : renamed(cases) };
}
