/** The commands about the log: what is in it, whether it is as it was written, and whether it would be answered the same. */
import { type Command, Option } from 'commander';
import {
  type AuditVerifyOptions,
  auditCheckpoint,
  auditKey,
  auditVerify,
  auditVerifyReceipt,
} from '../commands/log/audit.ts';
import { decisionsArchive } from '../commands/log/decisions-archive.ts';
import { type DecisionsEraseOptions, decisionsErase } from '../commands/log/decisions-erase.ts';
import { type DecisionsExplainOptions, decisionsExplain } from '../commands/log/decisions-explain.ts';
import { decisionsExport } from '../commands/log/decisions-export.ts';
import { decisionsList, decisionsShow } from '../commands/log/decisions-list.ts';
import { EXPORT_FORMATS, type ExportFormat } from '../commands/log/export-lines.ts';
import { type FilterOptions, filterOf } from '../commands/log/filter-options.ts';
import { migrate } from '../commands/log/migrate.ts';
import { replay } from '../commands/log/replay.ts';
import { type ExitCode, type Io, UsageError } from '../commands/terminal/io.ts';
import type { Settings } from './settings.ts';
import { version } from './version.ts';

export interface LogCommands {
  io: Io;
  settings(): Settings;
  now(): number;
  end(exitCode: ExitCode): void;
}

const several = (value: string, before: string[]): string[] => [...before, value];
const count = (value: string): number => {
  const number = Number(value);
  if (!(Number.isInteger(number) && number > 0))
    throw new UsageError({
      en: `--limit ${value}: write a whole number above 0`,
      ja: `--limit ${value}：1 以上の整数を書いてください`,
    });
  return number;
};

/** Options that choose decisions. */
const withFilter = (command: Command): Command =>
  command
    .optionsGroup('Which decisions（どの判定か）:')
    .option('--prefecture <name>', 'of this prefecture')
    .option('--incident <name>', 'of this incident')
    .option('--version <sha256>', 'judged by this version, or one that begins so')
    .option('--outcome <id>', 'with this outcome')
    .option('--category <id>', 'in this category, among others')
    .option('--reference <id>', "of this case of the caller's")
    .option('--as-of-from <datetime>', 'judged as of this instant or later')
    .option('--as-of-until <datetime>', 'judged as of an instant before this')
    .option('--decided-from <datetime>', 'decided at this instant or later')
    .option('--decided-until <datetime>', 'decided before this instant');

const publicKeys = (): Option =>
  new Option('--public-key <key>', 'whose signatures to trust; default AUDIT_PUBLIC_KEY')
    .argParser(several)
    .default([]);

export function addLogCommands(program: Command, { io, settings, now, end }: LogCommands): void {
  const around = () => ({ ...settings(), now, version });
  const decisions = program
    .command('decisions')
    .description('look into the log of decisions, or take from it（判定の記録を見る・書き出す・消去する）');

  withFilter(decisions.command('list'))
    .description('list decisions, the newest first（判定の一覧）')
    .addOption(new Option('--limit <n>', 'how many').argParser(count).default(20))
    .option('--json', 'print NDJSON, whole', false)
    .addHelpText('after', '\nExamples:\n  $ hosho decisions list --prefecture example --limit 50')
    .action(async ({ limit, json, ...filter }: FilterOptions & { limit: number; json: boolean }) => {
      end(await decisionsList(io, around(), { filter: filterOf(filter), limit, json }));
    });
  decisions
    .command('show')
    .description('print one decision whole, as JSON（一件の記録）')
    .argument('<id>')
    .addHelpText('after', '\nExamples:\n  $ hosho decisions show 01890a5d-ac96-774b-bcce-b302099a8057')
    .action(async (id: string) => {
      end(await decisionsShow(io, around(), id));
    });
  decisions
    .command('explain')
    .description('tell why it was answered what was answered（なぜその回答になったかを示す）')
    .argument('<id>')
    .addOption(
      new Option('--format <name>', 'default: html for an output named .html, otherwise text').choices([
        'text',
        'html',
        'json',
      ]),
    )
    .option('--output <file>', 'where to write it; default standard output')
    .addHelpText(
      'after',
      '\nExamples:\n  $ hosho decisions explain 01890a5d-ac96-774b-bcce-b302099a8057 --output why.html',
    )
    .action(async (id: string, options: DecisionsExplainOptions) => {
      end(await decisionsExplain(io, around(), id, options));
    });
  withFilter(decisions.command('export'))
    .description('write decisions out, the oldest first（判定を書き出す）')
    .addOption(
      new Option('--format <name>', 'default: by the name of the output, else ndjson').choices(
        EXPORT_FORMATS,
      ),
    )
    .option('--output <file>', 'a new file; default standard output')
    .addHelpText(
      'after',
      '\nExamples:\n  $ hosho decisions export --prefecture example --output decisions.csv\n  $ hosho decisions export | jq .outcome',
    )
    .action(
      async ({ format, output, ...filter }: FilterOptions & { format?: ExportFormat; output?: string }) => {
        const byName: ExportFormat = output?.toLowerCase().endsWith('.csv') ? 'csv' : 'ndjson';
        end(
          await decisionsExport(io, around(), { filter: filterOf(filter), format: format ?? byName, output }),
        );
      },
    );
  decisions
    .command('erase')
    .description(
      'erase the facts and answers of a case for good, on record（事実と回答を消去し、消去を記録する）',
    )
    .option('--reference <id>', "all decisions of this case of the caller's")
    .option('--id <id>', 'this decision')
    .option('--archive <file>', 'a month that was archived, as well; may be given several times', several, [])
    .option('--reason <text>', 'kept with the erasure; no personal data')
    .option('--dry-run', 'only show which decisions', false)
    .addHelpText(
      'after',
      '\nExamples:\n  $ hosho decisions erase --reference case-42 --reason "request of 2030-01-31"',
    )
    .action(async (options: DecisionsEraseOptions) => {
      end(await decisionsErase(io, around(), options));
    });
  decisions
    .command('archive')
    .description('write a month to a file and take it out of the log（ひと月分を書き出して取り外す）')
    .argument('<month>', 'such as 2030-01, in Japan')
    .requiredOption('--output <file>', 'a new file, NDJSON')
    .option('--drop', 'drop the table of the month as well, which is kept otherwise', false)
    .addHelpText(
      'after',
      '\nExamples:\n  $ hosho decisions archive 2030-01 --output decisions-2030-01.ndjson',
    )
    .action(async (month: string, options: { output: string; drop: boolean }) => {
      end(await decisionsArchive(io, around(), { month, ...options }));
    });

  withFilter(program.command('replay'))
    .description(
      'judge logged decisions again, by the rules of then and the program of now（記録どおりに判定し直す）',
    )
    .argument('[ids...]', 'decisions; all that fit where none is named')
    .option('--archive <file>', 'a month that was archived; may be given several times', several, [])
    .option('--output <file>', 'NDJSON, a line for each that is not the same')
    .option('--resume', 'go on where an interrupted run stopped', false)
    .option('--json', 'print JSON', false)
    .addHelpText(
      'after',
      '\nExamples:\n  $ hosho replay\n  $ hosho replay --prefecture example --output changed.ndjson',
    )
    .action(async (ids: string[], options: FilterOptions & ReplayFlags) => {
      const { archive, output, resume, json, ...filter } = options;
      end(await replay(io, around(), { filter: filterOf(filter), ids, archive, output, resume, json }));
    });

  const audit = program
    .command('audit')
    .description('show that the log is as it was written（記録が書き換えられていないことを確かめる）');
  audit
    .command('key')
    .description('make the keys that sign and verify（署名の鍵を作る）')
    .addHelpText('after', '\nExamples:\n  $ hosho audit key')
    .action(() => end(auditKey(io)));
  audit
    .command('checkpoint')
    .description(
      'print a signed record of how far the log has come, to be kept elsewhere（署名した現在位置を出す）',
    )
    .addHelpText('after', '\nExamples:\n  $ hosho audit checkpoint >> checkpoints.ndjson')
    .action(async () => {
      end(await auditCheckpoint(io, around()));
    });
  audit
    .command('verify')
    .description(
      'check every row of the log, and name what was altered, removed or cut off（記録をすべて調べる）',
    )
    .option('--checkpoint <file>', 'checkpoints or a receipt; may be given several times', several, [])
    .option('--archive <file>', 'a month that was archived; may be given several times', several, [])
    .addOption(publicKeys())
    .option('--json', 'print JSON', false)
    .addHelpText('after', '\nExamples:\n  $ hosho audit verify --checkpoint checkpoints.ndjson')
    .action(async (options: AuditVerifyOptions) => {
      end(await auditVerify(io, around(), options));
    });
  audit
    .command('verify-receipt')
    .description('check a receipt by itself, without the database（受領証を確かめる）')
    .argument('<file>')
    .addOption(publicKeys())
    .option('--json', 'print JSON', false)
    .addHelpText('after', '\nExamples:\n  $ hosho audit verify-receipt receipt.json')
    .action(async (file: string, options: Pick<AuditVerifyOptions, 'publicKey' | 'json'>) => {
      end(await auditVerifyReceipt(io, settings(), file, options));
    });

  program
    .command('migrate')
    .description('bring the database up to date, as its owner（データベースを今の版に合わせる）')
    .addHelpText('after', '\nExamples:\n  $ DATABASE_URL=postgres://owner@localhost/hosho hosho migrate')
    .action(async () => {
      end(await migrate(io, around()));
    });
}

interface ReplayFlags {
  archive: string[];
  output?: string;
  resume: boolean;
  json: boolean;
}
