import { UsageError } from '../terminal/io.ts';
import type { EvaluateOptions } from './evaluate.ts';
import type { EvaluateManyOptions } from './evaluate-many.ts';

/** The options of `evaluate` as they are given: of one case, of many, or a mixture of both. */
export type GivenOptions = Partial<Pick<EvaluateOptions, 'facts' | 'version' | 'knownAt'>> &
  Omit<EvaluateManyOptions, 'input' | 'output'> &
  Partial<Pick<EvaluateManyOptions, 'input' | 'output'>>;

/** Which of the two is meant; a usage error where that cannot be told. */
export function oneOrMany(given: GivenOptions): { one: EvaluateOptions } | { many: EvaluateManyOptions } {
  const { facts, input, output } = given;
  if (input === undefined) {
    if (facts === undefined)
      throw new UsageError({
        en: '--facts or --input is needed',
        ja: '一件なら --facts、ファイルの全件なら --input が必要です',
      });
    const [name] = onlyForMany(given);
    if (name !== undefined)
      throw new UsageError({
        en: `${name}: is for --input, not for --facts`,
        ja: `${name}：--input と使います`,
      });
    return { one: { ...given, facts } };
  }
  const onlyForOne =
    given.version !== undefined ? '--version' : given.knownAt !== undefined ? '--known-at' : null;
  if (onlyForOne !== null)
    throw new UsageError({
      en: `${onlyForOne}: is for --facts, not for --input`,
      ja: `${onlyForOne}：--facts と使います`,
    });
  if (facts !== undefined)
    throw new UsageError({
      en: '--facts, --input: choose one',
      ja: '--facts, --input：どちらか一つを選んでください',
    });
  if (output === undefined)
    throw new UsageError({
      en: '--output: say where the decisions go',
      ja: '--output：結果を書くファイルを指定してください',
    });
  return { many: { ...given, input, output } };
}

/** Options given that mean nothing for one case. */
function onlyForMany(given: GivenOptions): string[] {
  const { output, payments, review, encoding, threads, log, resume, force, localTimes, map, ignore } = given;
  const isGiven: Record<string, boolean> = {
    '--output': output !== undefined,
    '--payments': payments !== undefined,
    '--review': review !== undefined,
    '--encoding': encoding !== undefined,
    '--threads': threads !== undefined,
    '--log': log,
    '--resume': resume,
    '--force': force,
    '--local-times': localTimes,
    '--map': map.length > 0,
    '--ignore': ignore.length > 0,
  };
  return Object.keys(isGiven).filter((name) => isGiven[name]);
}
