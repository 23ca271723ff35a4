/** The commands about the log: what is in it, whether it is as it was written, and whether it would be answered the same. */
import type { HoshoCommand } from '../commands/terminal/command.ts';
import type { Context, Io } from '../commands/terminal/io.ts';

const PUBLIC_KEY = ['--public-key <key>', 'whose signatures to trust; default AUDIT_PUBLIC_KEY'] as const;
const ARCHIVED = ['--archive <file>', 'a month that was archived; may be given several times'] as const;

/** `context` reads the settings: what needs none of them works also where they are wrong. */
export function addLogCommands(program: HoshoCommand, io: Io, context: () => Context): void {
  const decisions = program
    .command('decisions')
    .description('look into the log of decisions, or take from it（判定の記録を見る・書き出す・消去する）');

  decisions
    .command('list')
    .description('list decisions, the newest first（判定の一覧）')
    .filter()
    .limit()
    .option('--json', 'print NDJSON, whole', false)
    .examples('hosho decisions list --prefecture example --limit 50')
    .does(context, async () => (await import('../commands/log/decisions-list.ts')).decisionsList);
  decisions
    .command('show')
    .description('print one decision whole, as JSON（一件の記録）')
    .argument('<id>')
    .examples('hosho decisions show 01890a5d-ac96-774b-bcce-b302099a8057')
    .does(context, async () => (await import('../commands/log/decisions-list.ts')).decisionsShow);
  decisions
    .command('explain')
    .description('tell why it was answered what was answered（なぜその回答になったかを示す）')
    .argument('<id>')
    .written('default: html for an output named .html, otherwise text', ['text', 'html', 'json'])
    .examples('hosho decisions explain 01890a5d-ac96-774b-bcce-b302099a8057 --output why.html')
    .does(context, async () => (await import('../commands/log/decisions-explain.ts')).decisionsExplain);
  decisions
    .command('export')
    .description('write decisions out, the oldest first（判定を書き出す）')
    .filter()
    .choice('--format <name>', 'default: by the name of the output, else ndjson', ['ndjson', 'csv'])
    .option('--output <file>', 'a new file; default standard output')
    .examples(
      'hosho decisions export --prefecture example --output decisions.csv',
      'hosho decisions export | jq .outcome',
    )
    .does(context, async () => (await import('../commands/log/decisions-export.ts')).decisionsExport);
  decisions
    .command('erase')
    .description(
      'erase the facts and answers of a case for good, on record（事実と回答を消去し、消去を記録する）',
    )
    .option('--reference <id>', "all decisions of this case of the caller's")
    .option('--id <id>', 'this decision')
    .several('--archive <file>', 'a month that was archived, as well; may be given several times')
    .option('--reason <text>', 'kept with the erasure; no personal data')
    .option('--dry-run', 'only show which decisions', false)
    .examples('hosho decisions erase --reference case-42 --reason "request of 2030-01-31"')
    .does(context, async () => (await import('../commands/log/decisions-erase.ts')).decisionsErase);
  decisions
    .command('archive')
    .description('write a month to a file and take it out of the log（ひと月分を書き出して取り外す）')
    .argument('<month>', 'such as 2030-01, in Japan')
    .requiredOption('--output <file>', 'a new file, NDJSON')
    .option('--drop', 'drop the table of the month as well, which is kept otherwise', false)
    .examples('hosho decisions archive 2030-01 --output decisions-2030-01.ndjson')
    .does(context, async () => (await import('../commands/log/decisions-archive.ts')).decisionsArchive);

  program
    .command('payments')
    .description(
      'list the runs that wrote lists of payments, or take one back（支払一覧の記録を見る・取り消す）',
    )
    .ruleSetArguments()
    .option('--revoke <run>', 'nothing on the list of this run was or will be paid: it no longer counts')
    .option('--reason <text>', 'kept with the revocation; no personal data')
    .option('--json', 'print JSON', false)
    .examples(
      'hosho payments example 2030-01-31',
      'hosho payments example 2030-01-31 --revoke 01890a5d-ac96-774b-bcce-b302099a8057 --reason "the disk was full"',
    )
    .does(context, async () => (await import('../commands/log/payments.ts')).payments);
  program
    .command('replay')
    .description(
      'judge logged decisions again, by the rules of then and the program of now（記録どおりに判定し直す）',
    )
    .argument('[ids...]', 'decisions; all that fit where none is named')
    .filter()
    .several(...ARCHIVED)
    .option('--output <file>', 'NDJSON, a line for each that is not the same')
    .option('--resume', 'go on where an interrupted run stopped', false)
    .option('--json', 'print JSON', false)
    .examples('hosho replay', 'hosho replay --prefecture example --output changed.ndjson')
    .does(context, async () => (await import('../commands/log/replay.ts')).replay);

  const audit = program
    .command('audit')
    .description('show that the log is as it was written（記録が書き換えられていないことを確かめる）');
  audit
    .command('key')
    .description('make the keys that sign and verify（署名の鍵を作る）')
    .examples('hosho audit key')
    .does(
      () => io,
      async () => (await import('../commands/log/audit.ts')).auditKey,
    );
  audit
    .command('checkpoint')
    .description(
      'print a signed record of how far the log has come, to be kept elsewhere（署名した現在位置を出す）',
    )
    .examples('hosho audit checkpoint >> checkpoints.ndjson')
    .does(context, async () => (await import('../commands/log/audit.ts')).auditCheckpoint);
  audit
    .command('verify')
    .description(
      'check every row of the log, and name what was altered, removed or cut off（記録をすべて調べる）',
    )
    .several('--checkpoint <file>', 'checkpoints or a receipt; may be given several times')
    .several(...ARCHIVED)
    .several(...PUBLIC_KEY)
    .option('--json', 'print JSON', false)
    .examples('hosho audit verify --checkpoint checkpoints.ndjson')
    .does(context, async () => (await import('../commands/log/audit.ts')).auditVerify);
  audit
    .command('verify-receipt')
    .description('check a receipt by itself, without the database（受領証を確かめる）')
    .argument('<file>')
    .several(...PUBLIC_KEY)
    .option('--json', 'print JSON', false)
    .examples('hosho audit verify-receipt receipt.json')
    .does(context, async () => (await import('../commands/log/audit.ts')).auditVerifyReceipt);

  program
    .command('migrate')
    .description('bring the database up to date, as its owner（データベースを今の版に合わせる）')
    .examples('DATABASE_URL=postgres://owner@localhost/hosho hosho migrate')
    .does(context, async () => (await import('../commands/log/with-store.ts')).migrate);
}
