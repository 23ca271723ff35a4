/** What commander finds wrong with a call, in both languages. */
import type { CommanderError } from 'commander';
import type { LocalizedText } from '../../rulebook/lang.ts';

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
