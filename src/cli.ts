#!/usr/bin/env node
/** The command line: the second composition root beside main.ts. */
import { Command, CommanderError, Option } from 'commander';
import { check } from './commands/check.ts';
import { type EvaluateOptions, evaluate } from './commands/evaluate.ts';
import { type ExitCode, type Io, UsageError } from './commands/io.ts';
import { schemas } from './commands/schemas.ts';
import { test } from './commands/test.ts';
import { serve } from './serve.ts';
import { BadSettings, readSettings } from './settings.ts';

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
Exit codes: 0 good, 1 findings, 2 usage.
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

program
  .command('evaluate')
  .description('decide one case, without a server and without the log（一件を判定する）')
  .requiredOption('--prefecture <name>', 'folder of the rule set, such as example')
  .requiredOption('--incident <name>', 'name of the rule set, such as 2030-01-31')
  .requiredOption('--facts <file>', 'JSON file of facts, or of a whole request; - for standard input')
  .addOption(new Option('--as-of <datetime>', 'instant judged, with an offset; default now'))
  .option('--explain', 'show every condition that mattered', false)
  .option('--json', 'print JSON', false)
  .addHelpText(
    'after',
    `
Examples:
  $ hosho evaluate --prefecture example --incident 2030-01-31 --facts case.json --as-of 2030-01-31T12:00:00+09:00
  $ echo '{"group":{"fact":true}}' | hosho evaluate --prefecture example --incident 2030-01-31 --facts - --json`,
  )
  .action(async (options: EvaluateOptions) => {
    exitCode = await evaluate(io, settings().rulesDir, Date.now(), options);
  });

program
  .command('serve')
  .description('run the service（サービスを動かす）')
  .addHelpText(
    'after',
    '\nExamples:\n  $ hosho serve\n  $ PORT=9000 DATABASE_URL=postgres://localhost/hosho hosho serve',
  )
  .action(async () => {
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
