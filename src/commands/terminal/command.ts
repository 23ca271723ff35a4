/** commander's commands, with the options that several of ours share, and its messages in both languages. */
import { Command, type CommanderError, Option } from 'commander';
import type { LocalizedText } from '../../rulebook/lang.ts';
import { type ExitCode, misuse } from './io.ts';

const PREFECTURE = 'folder of the rule set, such as example';
const INCIDENT = 'name of the rule set, such as 2030-01-31';

export class HoshoCommand extends Command {
  override createCommand(name?: string): HoshoCommand {
    return new HoshoCommand(name);
  }

  /** What it does with the arguments and the options, and the exit code that comes of it. Both are loaded when it is called. */
  does<Context, Given extends unknown[]>(
    context: () => Context,
    load: () => Promise<(context: Context, ...given: Given) => ExitCode | Promise<ExitCode>>,
  ): this {
    return this.action(async (...given: Given) => {
      const work = await load();
      process.exitCode = await work(context(), ...given);
    });
  }

  examples(...calls: string[]): this {
    return this.addHelpText('after', ['\nExamples:', ...calls.map((call) => `  $ ${call}`)].join('\n'));
  }

  choice(flags: string, description: string, choices: readonly string[], byDefault?: string): this {
    return this.addOption(new Option(flags, description).choices(choices).default(byDefault));
  }

  /** May be given several times. */
  several(flags: string, description: string): this {
    return this.option(flags, description, (value: string, before: string[]) => [...before, value], []);
  }

  /** `more` of what takes many questions. */
  seconds(more = ''): this {
    const description = `how long one question about all cases may take${more}`;
    return this.option('--seconds <n>', description, secondsOption, 5);
  }

  limit(): this {
    return this.option('--limit <n>', 'how many', limitOption, 20);
  }

  ruleSetArguments(): this {
    return this.argument('<prefecture>', PREFECTURE).argument('<incident>', INCIDENT);
  }

  ruleSetRequired(): this {
    return this.requiredOption('--prefecture <name>', PREFECTURE).requiredOption(
      '--incident <name>',
      INCIDENT,
    );
  }

  /** A rule set by its file or its names, and what is written of it. */
  ruleSetWritten(description: string, formats: readonly string[], byDefault?: string): this {
    return this.argument('[rule-set...]', 'a rule file, or a prefecture and an incident')
      .option('--prefecture <name>', PREFECTURE)
      .option('--incident <name>', INCIDENT)
      .written(description, formats, byDefault);
  }

  written(description: string, formats: readonly string[], byDefault?: string): this {
    return this.choice('--format <name>', description, formats, byDefault).option(
      '--output <file>',
      'where to write it; default standard output',
    );
  }

  /** Which decisions of the log are meant. */
  filter(): this {
    return this.optionsGroup('Which decisions（どの判定か）:')
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
  }
}

function secondsOption(value: string): number {
  const seconds = Number(value);
  if (seconds > 0) return seconds;
  throw misuse(`--seconds ${value}`, {
    en: 'write a number of seconds above 0',
    ja: '0 より大きい秒数を書いてください',
  });
}

function limitOption(value: string): number {
  const limit = Number(value);
  if (Number.isInteger(limit) && limit > 0) return limit;
  throw misuse(`--limit ${value}`, {
    en: 'write a whole number above 0',
    ja: '1 以上の整数を書いてください',
  });
}

/** By commander's code: how its message reads, and the same in Japanese. */
const MESSAGES: Record<string, readonly [english: RegExp, japanese: string]> = {
  'commander.unknownOption': [/^unknown option '(.*)'/, '$1：このオプションはありません'],
  'commander.unknownCommand': [/^unknown command '(.*)'/, '$1：このコマンドはありません'],
  'commander.missingArgument': [/^missing required argument '(.*)'/, '<$1> を指定してください'],
  'commander.optionMissingArgument': [/^option '(.*)' argument missing/, '$1：値を指定してください'],
  'commander.missingMandatoryOptionValue': [/^required option '(.*)' not specified/, '$1 を指定してください'],
  'commander.invalidArgument': [
    /^option '(.*)' argument '([\s\S]*)' is invalid\. Allowed choices are (.*)\./,
    '$1：「$2」は使えません。使えるのは $3 です',
  ],
  'commander.excessArguments': [
    /^too many arguments(?: for '(?:.*)')?\. Expected (\d+) arguments? but got (\d+)\./,
    '引数が多すぎます（$1個までのところ、$2個）',
  ],
};

/** Null where commander has shown its help or the version, which is no error. */
export function commanderText({ code, message }: CommanderError): LocalizedText | null {
  const known = MESSAGES[code];
  if (!known) return null;
  const en = message.replace(/^error: /, '');
  const ja = en.replace(...known).replace(/\(Did you mean (?:one of )?(.*)\?\)/, '（もしかして：$1）');
  return {
    en: `${en}\n(hosho --help lists the commands)`,
    ja: `${ja}\n（コマンドの一覧は hosho --help で見られます）`,
  };
}
