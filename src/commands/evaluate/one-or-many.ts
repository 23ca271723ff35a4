import { type Context, type ExitCode, misuse, UsageError } from '../terminal/io.ts';
import { flagOf, isGiven } from '../terminal/options.ts';
import { type EvaluateOptions, evaluate } from './evaluate.ts';
import { type EvaluateManyOptions, evaluateMany } from './evaluate-many.ts';

/** The options of `evaluate` as they are given: of one case, of many, or a mixture of both. */
export type GivenOptions = Partial<Pick<EvaluateOptions, 'facts' | 'version' | 'knownAt'>> &
  Omit<EvaluateManyOptions, 'input' | 'output'> &
  Partial<Pick<EvaluateManyOptions, 'input' | 'output'>>;

const ONLY_FOR_ONE = ['version', 'knownAt'] as const;
const ONLY_FOR_MANY = [
  ...(['output', 'payments', 'review', 'encoding', 'threads', 'log'] as const),
  ...(['resume', 'force', 'localTimes', 'map', 'ignore'] as const),
];

/** A usage error where it cannot be told which of the two is meant. */
export async function evaluateOneOrMany(context: Context, given: GivenOptions): Promise<ExitCode> {
  const { facts, input, output } = given;
  const misplaced = (input === undefined ? ONLY_FOR_MANY : ONLY_FOR_ONE).find((name) => isGiven(given[name]));
  if (input === undefined) {
    if (facts === undefined)
      throw new UsageError({
        en: '--facts or --input is needed',
        ja: '一件なら --facts、ファイルの全件なら --input が必要です',
      });
    if (misplaced)
      throw misuse(flagOf(misplaced), { en: 'is for --input, not for --facts', ja: '--input と使います' });
    return evaluate(context, { ...given, facts });
  }
  if (misplaced)
    throw misuse(flagOf(misplaced), { en: 'is for --facts, not for --input', ja: '--facts と使います' });
  if (facts !== undefined)
    throw misuse('--facts, --input', { en: 'choose one', ja: 'どちらか一つを選んでください' });
  if (output === undefined)
    throw misuse('--output', {
      en: 'say where the decisions go',
      ja: '結果を書くファイルを指定してください',
    });
  return evaluateMany(context, { ...given, input, output });
}
