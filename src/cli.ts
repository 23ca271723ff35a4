#!/usr/bin/env node
/** The command line: the second composition root beside main.ts. */
import { randomBytes } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { Command, CommanderError, Option } from 'commander';
import { check } from './commands/check.ts';
import { evaluate } from './commands/evaluate.ts';
import { evaluateMany } from './commands/evaluate-many.ts';
import { type ExitCode, type Io, UsageError } from './commands/io.ts';
import { type GivenOptions, oneOrMany } from './commands/one-or-many.ts';
import { schemas } from './commands/schemas.ts';
import { test } from './commands/test.ts';
import { BadSettings, readSettings } from './settings.ts';
import { version } from './version.ts';

const io: Io = {
  out: (text) => void process.stdout.write(`${text}\n`),
  err: (text) => void process.stderr.write(`${text}\n`),
  color: process.stdout.isTTY === true && !process.env.NO_COLOR,
};

const program = new Command('hosho')
  .description('Compensation rules for incidents（補償ルール）: check, test, evaluate, serve')
  .exitOverride()
  .configureOutput({ writeErr: (text) => process.stderr.write(text) })
  .showHelpAfterError('(hosho --help lists the commands)')
  .addHelpText(
    'after',
    `
Exit codes: 0 good, 1 findings, 2 usage, 130 interrupted.
Settings come from the environment: RULES_DIR (./rules), PORT, HOST, DATA_DIR, DATABASE_URL, LOG_LEVEL.

Examples:
  $ hosho check
  $ hosho test rules/example/2030-01-31.yaml
  $ hosho evaluate --prefecture example --incident 2030-01-31 --facts case.json --as-of 2030-01-31T12:00:00+09:00
  $ hosho serve`,
  );

// A reader that has seen enough (`hosho check | head`) is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(0);
});

let exitCode: ExitCode = 0;
const settings = () => readSettings(process.env);

program
  .command('check')
  .description('read rule files and show everything that is wrong（ルールの書き方を確かめる）')
  .argument('[files...]', 'rule or cases files; all of RULES_DIR where none is named')
  .addHelpText('after', '\nExamples:\n  $ hosho check\n  $ hosho check rules/example/2030-01-31.yaml')
  .action(async (files: string[]) => {
    exitCode = await check(io, settings().rulesDir, files);
  });

program
  .command('test')
  .description('run the cases of rule sets（事例で確かめる）')
  .argument('[files...]', 'rule or cases files; all of RULES_DIR where none is named')
  .addHelpText('after', '\nExamples:\n  $ hosho test\n  $ hosho test rules/example/2030-01-31.cases.yaml')
  .action(async (files: string[]) => {
    exitCode = await test(io, settings().rulesDir, files);
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
  .option('--explain', 'show every condition that mattered', false)
  .option('--json', 'print JSON', false)
  .optionsGroup('Many cases（一括判定）:')
  .option('--input <file>', 'cases, a .csv with a header or an .ndjson')
  .option('--output <file>', 'their decisions, .csv or .ndjson')
  .option('--payments <file>', 'list of what is to be paid, .csv')
  .option('--review <file>', 'list of what a person has to look at, .csv')
  .addOption(
    new Option('--encoding <name>', 'of CSV input (default: utf-8)').choices([
      'utf-8',
      'shift_jis',
      'euc-jp',
    ]),
  )
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
      exitCode = await evaluate(io, rulesDir, Date.now(), which.one);
      return;
    }
    const random = randomBytes(16).toString('hex');
    const processors = availableParallelism();
    const around = { rulesDir, dataDir, databaseUrl, now: Date.now, random, version, processors };
    exitCode = await evaluateMany(io, around, which.many);
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
    const { serve } = await import('./serve.ts');
    exitCode = await serve(settings(), Date.now);
  });

program
  .command('schemas')
  .description('write the JSON Schemas for editors into RULES_DIR（エディター用の定義を書き出す）')
  .action(async () => {
    exitCode = await schemas(io, settings().rulesDir);
  });

try {
  await program.parseAsync();
  process.exitCode = exitCode;
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2;
  else if (error instanceof UsageError || error instanceof BadSettings) {
    io.err(`hosho: ${error.message}`);
    process.exitCode = 2;
  } else throw error;
}
