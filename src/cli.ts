#!/usr/bin/env node
/**
 * The command line: the second composition root beside main.ts. What a command is made of is loaded when it is called, so that
 * none waits for the others' libraries.
 */
import { randomBytes } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { CommanderError, Option } from 'commander';
import { commanderText, HoshoCommand } from './commands/terminal/command.ts';
import { type Context, openIo, UsageError } from './commands/terminal/io.ts';
import type { Lang } from './rulebook/lang.ts';
import { forgetRepository } from './service/forget-repository.ts';
import { addLogCommands } from './service/log-commands.ts';
import { programHash } from './service/program-hash.ts';
import { BadSettings, readSettings } from './service/settings.ts';
import { version } from './service/version.ts';

forgetRepository(process.env);

const io = openIo({
  out: (text) => void process.stdout.write(`${text}\n`),
  err: (text) => void process.stderr.write(`${text}\n`),
  color: process.stdout.isTTY === true && !process.env.NO_COLOR,
  lang: process.env.LANG?.startsWith('en') ? 'en' : 'ja',
});

const ENCODINGS = ['utf-8', 'shift_jis', 'euc-jp'];
const FILES = 'rule or cases files; all of RULES_DIR where none is named';

const program = new HoshoCommand('hosho')
  .choice('--lang <lang>', 'what messages are told in; default from LANG, else ja（表示の言葉）', [
    'ja',
    'en',
  ])
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
AUDIT_KEY, AUDIT_PUBLIC_KEY, ALLOWED_HOSTS, INSECURE_NO_KEYS, CACHE_DIR.`,
  )
  .examples(
    'hosho check',
    'hosho test rules/example/2030-01-31.yaml',
    'hosho notice rules/example/2030-01-31.yaml --output notice.html',
    'hosho evaluate --prefecture example --incident 2030-01-31 --facts case.json --as-of 2030-01-31T12:00:00+09:00',
    'hosho serve',
  );

// A reader that has seen enough (`hosho check | head`) is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(0);
});

const settings = () => readSettings(process.env);
const context = (): Context => ({
  io,
  ...settings(),
  version,
  programHash,
  processors: availableParallelism(),
  now: Date.now,
  random: () => randomBytes(16).toString('hex'),
});

program
  .command('check')
  .description('show everything that is wrong with rule files, proved of all cases（ルールの誤りを調べる）')
  .argument('[files...]', FILES)
  .option(
    '--notice <file>',
    'the published text that the rule file follows; default <incident>.notice.txt beside it（告知の文）',
  )
  .seconds('; all those of a file together may take 12 times as long')
  .option('--consequences', 'show what follows from another finding, too（ほかの指摘が原因のものも示す）')
  .option('--no-cache', 'prove everything anew（前に調べた結果を使わない）')
  .examples(
    'hosho check',
    'hosho check rules/example/2030-01-31.yaml',
    'hosho check rules/example/2030-01-31.yaml --notice notice.txt',
  )
  .does(context, async () => (await import('./commands/rules/check.ts')).check);

program
  .command('diff')
  .description('show what was changed between rule files, and for whom（変更点と影響を調べる）')
  .argument('<old>', 'a rule file, or a revision of git')
  .argument('[new]', 'a rule file, or a revision; the working tree where it is left out')
  .argument('[files...]', 'rule files to compare; all that differ where none is named')
  .choice('--format <format>', '', ['text', 'markdown', 'json'], 'text')
  .option('--old-notice <file>', 'the text that the old rule file follows; default beside it（前の告知の文）')
  .option(
    '--new-notice <file>',
    'the text that the new one is to follow; default beside it（新しい告知の文）',
  )
  .seconds()
  .examples(
    'hosho diff HEAD',
    'hosho diff v1.2 v1.3 --format markdown',
    'hosho diff HEAD rules/example/2030-01-31.yaml',
    'hosho diff old.yaml new.yaml --format json',
    'hosho diff old.yaml new.yaml --old-notice second.txt --new-notice third.txt',
  )
  .does(context, async () => (await import('./commands/rules/diff.ts')).diff);

program
  .command('test')
  .description('run the cases of rule sets（事例で確かめる）')
  .argument('[files...]', FILES)
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
  .addOption(
    new Option(
      '--filter <text>',
      'only cases with this text in their id or title（名前か題にこの文字を含む事例だけを試す）',
    ).conflicts(['coverage', 'mutate']),
  )
  .option('--junit <file>', 'write the results as JUnit XML, too（結果を JUnit の形でも書き出す）')
  .option('--json', 'print JSON', false)
  .examples(
    'hosho test',
    'hosho test rules/example/2030-01-31.cases.yaml',
    'hosho test --coverage --mutate rules/example/2030-01-31.yaml',
  )
  .does(context, async () => (await import('./commands/rules/test.ts')).test);

program
  .command('cases')
  .description('work on the cases of rule sets（事例を整える）')
  .command('suggest')
  .description(
    'write the cases that coverage and mutants ask for, with the answers of today to confirm（足りない事例を書き出す）',
  )
  .argument('[files...]', FILES)
  .examples('hosho cases suggest rules/example/2030-01-31.yaml')
  .does(context, async () => (await import('./commands/rules/cases-suggest.ts')).casesSuggest);

program
  .command('fmt')
  .description('write the conditions of rule files in their short form（条件を短い形に書き換える）')
  .argument('[files...]', FILES)
  .option('--check', 'write nothing; exit with 1 where something would be', false)
  .examples('hosho fmt rules/example/2030-01-31.yaml', 'hosho fmt --check')
  .does(context, async () => (await import('./commands/rules/fmt.ts')).fmt);

program
  .command('new')
  .description('write a rule file to start from, with its cases（新しいルールの下書きを作る）')
  .ruleSetArguments()
  .option('--from <file>', 'copy another rule file and its cases')
  .option(
    '--notice <file>',
    'the published text: copied beside the rule file, which starts with its clauses（告知の文）',
  )
  .examples(
    'hosho new example 2030-01-31',
    'hosho new example 2030-01-31 --from rules/example/2029-12-31.yaml',
    'hosho new example 2030-01-31 --notice notice.txt',
  )
  .does(context, async () => (await import('./commands/rules/new.ts')).newRuleSet);

program
  .command('impact')
  .description(
    'judge what was decided again, by a candidate（変更すると、これまでの判定がどう変わるかを調べる）',
  )
  .argument('<new>', 'the candidate, a rule file')
  .option('--cases <file>', 'cases (.yaml, .ndjson or .csv) instead of the log of DATABASE_URL or DATA_DIR')
  .option('--old <old>', 'what the cases are judged by before: a rule file or a revision')
  .choice('--encoding <name>', 'of CSV', ENCODINGS, 'utf-8')
  .option('--json', 'print JSON', false)
  .examples(
    'hosho impact rules/example/2030-01-31.yaml',
    'hosho impact draft.yaml --cases vouchers.csv --encoding shift_jis',
    'hosho impact draft.yaml --cases rules/example/2030-01-31.cases.yaml --old HEAD~1',
  )
  .does(context, async () => (await import('./commands/rules/impact.ts')).impact);

program
  .command('evaluate')
  .description(
    'decide one case, or a file of cases, without a server（一件、またはファイルの全件を判定する）',
  )
  .ruleSetRequired()
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
  .option('--payments <file>', 'list of what is to be paid, .csv; logged unless --no-log is given')
  .option('--review <file>', 'list of what a person has to look at, .csv')
  .choice('--encoding <name>', 'of CSV input (default: utf-8)', ENCODINGS)
  .several('--map <heading=fact>', 'what a column means; may be given several times')
  .several('--ignore <heading>', 'a column to leave alone; may be given several times')
  .option('--local-times', 'take 2030/1/31 23:59 as a time in the time zone of the rule set', false)
  .addOption(new Option('--threads <n>', 'default: one for each processor but one').argParser(Number))
  .option('--log', 'log the decisions too (DATABASE_URL or DATA_DIR)')
  .option('--no-log', 'log nothing, and do not look at earlier lists of payments')
  .option('--resume', 'go on where an interrupted run stopped', false)
  .option('--force', 'overwrite the lists that are there', false)
  .examples(
    'hosho evaluate --prefecture example --incident 2030-01-31 --facts case.json --as-of 2030-01-31T12:00:00+09:00',
    `echo '{"group":{"fact":true}}' | hosho evaluate --prefecture example --incident 2030-01-31 --facts - --json`,
    `hosho evaluate --prefecture example --incident 2030-01-31 --input cases.csv --encoding shift_jis \\
      --output decisions.csv --payments payments.csv --review review.csv`,
  )
  .does(context, async () => (await import('./commands/evaluate/evaluate.ts')).evaluateOneOrMany);

program
  .command('versions')
  .description('list the versions of a rule set that the log has, or print one（ルールの版を一覧にする）')
  .ruleSetArguments()
  .argument('[version]', 'sha256 or its first 6 or more digits: print its rule file')
  .option('--json', 'print JSON; of one version with the vocabulary', false)
  .examples('hosho versions example 2030-01-31', 'hosho versions example 2030-01-31 1a2b3c > then.yaml')
  .does(context, async () => (await import('./commands/log/versions.ts')).versions);

program
  .command('notice')
  .description('write a rule set as the public notice（ルールを告知の形で書き出す）')
  .ruleSetWritten('default: html for an output named .html, otherwise markdown', ['markdown', 'html'])
  .examples(
    'hosho notice rules/example/2030-01-31.yaml',
    'hosho notice example 2030-01-31 --output notice.html',
  )
  .does(context, async () => (await import('./commands/rules/written.ts')).notice);

program
  .command('rules')
  .description('take rule sets elsewhere（ルールを外で使う）')
  .command('export')
  .description('print a rule set for json-rules-engine（ルールを json-rules-engine の形で書き出す）')
  .ruleSetWritten('', ['json-rules-engine'], 'json-rules-engine')
  .examples(
    'hosho rules export rules/example/2030-01-31.yaml',
    'hosho rules export example 2030-01-31 --format json-rules-engine --output rules.json',
  )
  .does(context, async () => (await import('./commands/rules/written.ts')).rulesExport);

program
  .command('timeline')
  .description('draw the deadlines and periods of a rule set（期限と期間を図にする）')
  .ruleSetWritten('default: text on a terminal, otherwise svg', ['svg', 'text'])
  .examples(
    'hosho timeline rules/example/2030-01-31.yaml',
    'hosho timeline example 2030-01-31 --output timeline.svg',
  )
  .does(context, async () => (await import('./commands/rules/written.ts')).timeline);

addLogCommands(program, io, context);

program
  .command('serve')
  .description('run the service（サービスを動かす）')
  .examples('hosho serve', 'PORT=9000 DATABASE_URL=postgres://localhost/hosho hosho serve')
  .does(settings, async () => (await import('./service/serve.ts')).serve);

program
  .command('schemas')
  .description('write the JSON Schemas for editors into RULES_DIR（エディター用の定義を書き出す）')
  .option('--answer', 'print the JSON Schema of answers instead（回答の定義を表示する）')
  .option('--reference', 'print all that a rule file can say, as Markdown（書けるものの一覧を表示する）')
  .does(
    () => ({ io, context }),
    async () => (await import('./commands/rules/schemas.ts')).schemas,
  );

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) {
    const text = commanderText(error);
    if (text !== null) io.err(`hosho: ${text[io.lang]}`);
    process.exitCode = error.exitCode === 0 ? 0 : 2;
  } else if (error instanceof UsageError || error instanceof BadSettings) {
    io.err(`hosho: ${error.text[io.lang]}`);
    process.exitCode = 2;
  } else if (error instanceof Error && error.name === 'EngineDisagreement') {
    io.err(`hosho: ${error.message}`);
    process.exitCode = 1;
  } else throw error;
}
