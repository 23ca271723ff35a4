#!/usr/bin/env node
/** The command line: the second composition root beside main.ts. */
import { randomBytes } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { Command, CommanderError, Option } from 'commander';
import { evaluate } from './commands/evaluate/evaluate.ts';
import { evaluateMany } from './commands/evaluate/evaluate-many.ts';
import { type GivenOptions, oneOrMany } from './commands/evaluate/one-or-many.ts';
import { type VersionsOptions, versions } from './commands/log/versions.ts';
import { casesSuggest } from './commands/rules/cases-suggest.ts';
import { check } from './commands/rules/check.ts';
import { DIFF_FORMATS, type DiffOptions, diff } from './commands/rules/diff.ts';
import { type ImpactOptions, impact } from './commands/rules/impact.ts';
import { type NewOptions, newRuleSet } from './commands/rules/new.ts';
import { type NoticeOptions, notice } from './commands/rules/notice.ts';
import { RULE_FORMATS, type RulesExportOptions, rulesExport } from './commands/rules/rules-export.ts';
import { answerSchemaText, schemas } from './commands/rules/schemas.ts';
import { type TestOptions, test } from './commands/rules/test.ts';
import { type TimelineOptions, timeline } from './commands/rules/timeline.ts';
import { commanderText } from './commands/terminal/commander-text.ts';
import { type ExitCode, type Io, UsageError } from './commands/terminal/io.ts';
import { EngineDisagreement } from './engine/decide.ts';
import type { Lang } from './rulebook/lang.ts';
import { addLogCommands } from './service/log-commands.ts';
import { BadSettings, readSettings } from './service/settings.ts';
import { version } from './service/version.ts';

const io: Io = {
  out: (text) => void process.stdout.write(`${text}\n`),
  err: (text) => void process.stderr.write(`${text}\n`),
  color: process.stdout.isTTY === true && !process.env.NO_COLOR,
  lang: process.env.LANG?.startsWith('en') ? 'en' : 'ja',
};

const ENCODINGS = ['utf-8', 'shift_jis', 'euc-jp'] as const;
const LANGS: readonly Lang[] = ['ja', 'en'];
const seconds = (value: string): number => {
  const number = Number(value);
  if (!(number > 0))
    throw new UsageError({
      en: `--seconds ${value}: write a number of seconds above 0`,
      ja: `--seconds ${value}：0 より大きい秒数を書いてください`,
    });
  return number;
};

const program = new Command('hosho')
  .addOption(
    new Option(
      '--lang <lang>',
      'what messages are told in; default from LANG, else ja（表示の言葉）',
    ).choices(LANGS),
  )
  // Known as soon as it is read, before anything else about the call may be found wrong.
  .on('option:lang', (lang: Lang) => {
    io.lang = lang;
  })
  .description(
    'Compensation rules for incidents（補償ルール）: check, test, diff, notice, evaluate, serve, explain, replay, audit',
  )
  .exitOverride()
  // Told below, in the language asked for.
  .configureOutput({ outputError: () => {} })
  .addHelpText(
    'after',
    `
Exit codes: 0 good, 1 findings, 2 usage, 3 not everything could be checked, 130 interrupted.
Settings come from the environment: RULES_DIR (./rules), PORT, HOST, DATA_DIR, DATABASE_URL, LOG_LEVEL,
AUDIT_KEY, AUDIT_PUBLIC_KEY, ALLOWED_HOSTS, INSECURE_NO_KEYS.

Examples:
  $ hosho check
  $ hosho test rules/example/2030-01-31.yaml
  $ hosho notice rules/example/2030-01-31.yaml --output notice.html
  $ hosho evaluate --prefecture example --incident 2030-01-31 --facts case.json --as-of 2030-01-31T12:00:00+09:00
  $ hosho serve`,
  );

// A reader that has seen enough (`hosho check | head`) is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(0);
});

const secondsOption = (): Option =>
  new Option('--seconds <n>', 'how long one question about all cases may take').argParser(seconds).default(5);

let exitCode: ExitCode = 0;
const settings = () => readSettings(process.env);

program
  .command('check')
  .description('show everything that is wrong with rule files, proved of all cases（ルールの誤りを調べる）')
  .argument('[files...]', 'rule or cases files; all of RULES_DIR where none is named')
  .addOption(secondsOption())
  .addHelpText('after', '\nExamples:\n  $ hosho check\n  $ hosho check rules/example/2030-01-31.yaml')
  .action(async (files: string[], options: { seconds: number }) => {
    exitCode = await check(io, settings().rulesDir, files, {
      ...options,
      processors: availableParallelism(),
    });
  });

program
  .command('diff')
  .description('show what was changed between rule files, and for whom（変更点と影響を調べる）')
  .argument('<old>', 'a rule file, or a revision of git')
  .argument('[new]', 'a rule file, or a revision; the working tree where it is left out')
  .argument('[files...]', 'rule files to compare; all that differ where none is named')
  .addOption(new Option('--format <format>').choices(DIFF_FORMATS).default('text'))
  .addOption(secondsOption())
  .addHelpText(
    'after',
    `
Examples:
  $ hosho diff HEAD
  $ hosho diff v1.2 v1.3 --format markdown
  $ hosho diff HEAD rules/example/2030-01-31.yaml
  $ hosho diff old.yaml new.yaml --format json`,
  )
  .action(async (old: string, recent: string | undefined, files: string[], options: DiffOptions) => {
    exitCode = await diff(io, settings().rulesDir, old, recent, files, options);
  });

program
  .command('test')
  .description('run the cases of rule sets（事例で確かめる）')
  .argument('[files...]', 'rule or cases files; all of RULES_DIR where none is named')
  .option(
    '--coverage',
    'show which rules and comparisons no case shows to decide（事例が確かめていない所を示す）',
    false,
  )
  .option(
    '--mutate',
    'show which small mistakes no case would notice（事例が気づかない書き間違いを示す）',
    false,
  )
  .option('--json', 'print JSON', false)
  .addHelpText(
    'after',
    `
Examples:
  $ hosho test
  $ hosho test rules/example/2030-01-31.cases.yaml
  $ hosho test --coverage --mutate rules/example/2030-01-31.yaml`,
  )
  .action(async (files: string[], options: TestOptions) => {
    exitCode = await test(io, settings().rulesDir, files, options);
  });

program
  .command('cases')
  .description('work on the cases of rule sets（事例を整える）')
  .command('suggest')
  .description(
    'write the cases that coverage and mutants ask for, with the answers of today to confirm（足りない事例を書き出す）',
  )
  .argument('[files...]', 'rule or cases files; all of RULES_DIR where none is named')
  .addHelpText('after', '\nExamples:\n  $ hosho cases suggest rules/example/2030-01-31.yaml')
  .action(async (files: string[]) => {
    exitCode = await casesSuggest(io, settings().rulesDir, files);
  });

program
  .command('new')
  .description('write a rule file to start from, with its cases（新しいルールの下書きを作る）')
  .argument('<prefecture>', 'folder of the rule set, such as example')
  .argument('<incident>', 'name of the rule set, such as 2030-01-31')
  .option('--from <file>', 'copy another rule file and its cases')
  .addHelpText(
    'after',
    '\nExamples:\n  $ hosho new example 2030-01-31\n  $ hosho new example 2030-01-31 --from rules/example/2029-12-31.yaml',
  )
  .action(async (prefecture: string, incident: string, options: NewOptions) => {
    exitCode = await newRuleSet(io, settings().rulesDir, { prefecture, incident }, Date.now(), options);
  });

program
  .command('impact')
  .description(
    'judge what was decided again, by a candidate（変更すると、これまでの判定がどう変わるかを調べる）',
  )
  .argument('<new>', 'the candidate, a rule file')
  .option('--cases <file>', 'cases (.yaml, .ndjson or .csv) instead of the log of DATABASE_URL or DATA_DIR')
  .option('--old <old>', 'what the cases are judged by before: a rule file or a revision')
  .addOption(new Option('--encoding <name>', 'of CSV').choices(ENCODINGS).default('utf-8'))
  .option('--json', 'print JSON', false)
  .addHelpText(
    'after',
    `
Examples:
  $ hosho impact rules/example/2030-01-31.yaml
  $ hosho impact draft.yaml --cases vouchers.csv --encoding shift_jis
  $ hosho impact draft.yaml --cases rules/example/2030-01-31.cases.yaml --old HEAD~1`,
  )
  .action(async (file: string, options: ImpactOptions) => {
    const { rulesDir, dataDir, databaseUrl } = settings();
    exitCode = await impact(io, { rulesDir, dataDir, databaseUrl, now: Date.now }, file, options);
  });

const several = (value: string, before: string[]): string[] => [...before, value];

program
  .command('evaluate')
  .description(
    'decide one case, or a file of cases, without a server（一件、またはファイルの全件を判定する）',
  )
  .requiredOption('--prefecture <name>', 'folder of the rule set, such as example')
  .requiredOption('--incident <name>', 'name of the rule set, such as 2030-01-31')
  .option('--facts <file>', 'one case: JSON file of facts, or of a whole request; - for standard input')
  .option('--as-of <datetime>', 'instant judged, with an offset; default now')
  .option(
    '--version <sha256>',
    'judge by this version of the log instead of RULES_DIR; its first 6 digits will do',
  )
  .option('--known-at <datetime>', 'judge by the version of the log that was in use then')
  .option('--explain', 'show every condition that mattered', false)
  .option('--json', 'print JSON', false)
  .optionsGroup('Many cases（一括判定）:')
  .option('--input <file>', 'cases, a .csv with a header or an .ndjson')
  .option('--output <file>', 'their decisions, .csv or .ndjson')
  .option('--payments <file>', 'list of what is to be paid, .csv')
  .option('--review <file>', 'list of what a person has to look at, .csv')
  .addOption(new Option('--encoding <name>', 'of CSV input (default: utf-8)').choices(ENCODINGS))
  .option('--map <heading=fact>', 'what a column means; may be given several times', several, [])
  .option('--ignore <heading>', 'a column to leave alone; may be given several times', several, [])
  .option('--local-times', 'take 2030/1/31 23:59 as a time in the time zone of the rule set', false)
  .addOption(new Option('--threads <n>', 'default: one for each processor').argParser(Number))
  .option('--log', 'log the decisions (DATABASE_URL or DATA_DIR)', false)
  .option('--resume', 'go on where an interrupted run stopped', false)
  .option('--force', 'overwrite the lists that are there', false)
  .addHelpText(
    'after',
    `
Examples:
  $ hosho evaluate --prefecture example --incident 2030-01-31 --facts case.json --as-of 2030-01-31T12:00:00+09:00
  $ echo '{"group":{"fact":true}}' | hosho evaluate --prefecture example --incident 2030-01-31 --facts - --json
  $ hosho evaluate --prefecture example --incident 2030-01-31 --input cases.csv --encoding shift_jis \\
      --output decisions.csv --payments payments.csv --review review.csv`,
  )
  .action(async (given: GivenOptions) => {
    const { rulesDir, dataDir, databaseUrl } = settings();
    const which = oneOrMany(given);
    if ('one' in which) {
      exitCode = await evaluate(io, { rulesDir, dataDir, databaseUrl, now: Date.now }, which.one);
      return;
    }
    const random = randomBytes(16).toString('hex');
    const processors = availableParallelism();
    const around = { rulesDir, dataDir, databaseUrl, now: Date.now, random, version, processors };
    exitCode = await evaluateMany(io, around, which.many);
  });

program
  .command('versions')
  .description('list the versions of a rule set that the log has, or print one（ルールの版を一覧にする）')
  .argument('<prefecture>', 'folder of the rule set, such as example')
  .argument('<incident>', 'name of the rule set, such as 2030-01-31')
  .argument('[version]', 'sha256 or its first 6 or more digits: print its rule file')
  .option('--json', 'print JSON; of one version with the vocabulary', false)
  .addHelpText(
    'after',
    `
Examples:
  $ hosho versions example 2030-01-31
  $ hosho versions example 2030-01-31 1a2b3c > then.yaml`,
  )
  .action(
    async (prefecture: string, incident: string, version: string | undefined, options: VersionsOptions) => {
      exitCode = await versions(io, settings(), { prefecture, incident }, version, options);
    },
  );

const NAMED = 'a rule file, or a prefecture and an incident';

program
  .command('notice')
  .description('write a rule set as the public notice（ルールを告知の形で書き出す）')
  .argument('[rule-set...]', NAMED)
  .option('--prefecture <name>', 'folder of the rule set, such as example')
  .option('--incident <name>', 'name of the rule set, such as 2030-01-31')
  .addOption(
    new Option('--format <name>', 'default: html for an output named .html, otherwise markdown').choices([
      'markdown',
      'html',
    ]),
  )
  .option('--output <file>', 'where to write it; default standard output')
  .addHelpText(
    'after',
    `
Examples:
  $ hosho notice rules/example/2030-01-31.yaml
  $ hosho notice example 2030-01-31 --output notice.html`,
  )
  .action(async (named: string[], options: NoticeOptions) => {
    exitCode = await notice(io, settings().rulesDir, named, options);
  });

program
  .command('rules')
  .description('take rule sets elsewhere（ルールを外で使う）')
  .command('export')
  .description('print a rule set for json-rules-engine（ルールを json-rules-engine の形で書き出す）')
  .argument('[rule-set...]', NAMED)
  .option('--prefecture <name>', 'folder of the rule set, such as example')
  .option('--incident <name>', 'name of the rule set, such as 2030-01-31')
  .addOption(new Option('--format <name>').choices(RULE_FORMATS).default('json-rules-engine'))
  .option('--output <file>', 'where to write it; default standard output')
  .addHelpText(
    'after',
    `
Examples:
  $ hosho rules export rules/example/2030-01-31.yaml
  $ hosho rules export example 2030-01-31 --format json-rules-engine --output rules.json`,
  )
  .action(async (named: string[], options: RulesExportOptions) => {
    exitCode = await rulesExport(io, settings().rulesDir, named, options);
  });

program
  .command('timeline')
  .description('draw the deadlines and periods of a rule set（期限と期間を図にする）')
  .argument('[rule-set...]', NAMED)
  .option('--prefecture <name>', 'folder of the rule set, such as example')
  .option('--incident <name>', 'name of the rule set, such as 2030-01-31')
  .addOption(
    new Option('--format <name>', 'default: text on a terminal, otherwise svg').choices(['svg', 'text']),
  )
  .option('--output <file>', 'where to write it; default standard output')
  .addHelpText(
    'after',
    `
Examples:
  $ hosho timeline rules/example/2030-01-31.yaml
  $ hosho timeline example 2030-01-31 --output timeline.svg`,
  )
  .action(async (named: string[], options: TimelineOptions) => {
    const columns = process.stdout.isTTY ? process.stdout.columns : undefined;
    exitCode = await timeline(io, settings().rulesDir, columns, named, options);
  });

addLogCommands(program, {
  io,
  settings,
  now: Date.now,
  end: (code) => {
    exitCode = code;
  },
});

program
  .command('serve')
  .description('run the service（サービスを動かす）')
  .addHelpText(
    'after',
    '\nExamples:\n  $ hosho serve\n  $ PORT=9000 DATABASE_URL=postgres://localhost/hosho hosho serve',
  )
  .action(async () => {
    // The other commands need none of what a service is made of.
    const { serve } = await import('./service/serve.ts');
    exitCode = await serve(settings(), Date.now);
  });

program
  .command('schemas')
  .description('write the JSON Schemas for editors into RULES_DIR（エディター用の定義を書き出す）')
  .option('--answer', 'print the JSON Schema of answers instead（回答の定義を表示する）')
  .action(async ({ answer }) => {
    if (answer) io.out(answerSchemaText());
    else exitCode = await schemas(io, settings().rulesDir);
  });

try {
  await program.parseAsync();
  process.exitCode = exitCode;
} catch (error) {
  if (error instanceof CommanderError) {
    const text = commanderText(error);
    if (text !== null) io.err(`hosho: ${text[io.lang]}`);
    process.exitCode = error.exitCode === 0 ? 0 : 2;
  } else if (error instanceof UsageError || error instanceof BadSettings) {
    io.err(`hosho: ${error.text[io.lang]}`);
    process.exitCode = 2;
  } else if (error instanceof EngineDisagreement) {
    io.err(`hosho: ${error.message}`);
    process.exitCode = 1;
  } else throw error;
}
