/** The mutants of a rule file: the file with one small mistake in it, each as somebody might make it. */
import type { Position } from '../../rulebook/basics.ts';
import { isError } from '../../rulebook/problems.ts';
import { readSource } from '../../rulebook/read-rule-set.ts';
import type { RuleSet } from '../../rulebook/rule-set.ts';
import type { Path, Source } from '../../rulebook/source.ts';
import type { Vocabulary } from '../../rulebook/vocabulary.ts';
import { byPosition } from '../rule-set-parts.ts';
import { conditionMutants } from './conditions.ts';
import { contactMutants } from './contact.ts';
import { droppedParts } from './drops.ts';
import { edited, type FileChange, valueAt } from './edit.ts';
import { momentMutants } from './moments.ts';
import { numberMutants } from './numbers.ts';

export interface Mutant extends Omit<FileChange, 'kind'> {
  /** Where and what, such as deadlines/application/until:earlier; `accepted` in the rule file names it so. */
  id: string;
  position: Position;
}

export function mutantsOf(source: Source, ruleSet: RuleSet): Mutant[] {
  const { data } = source;
  const changes = [
    ...momentMutants(data, ruleSet),
    ...contactMutants(data, ruleSet),
    ...conditionMutants(data, ruleSet),
    ...numberMutants(data, ruleSet),
    ...droppedParts(data, ruleSet),
  ];
  const mutants = changes.map(({ kind, ...change }) => ({
    ...change,
    id: `${nameOf(data, change.path)}:${kind}`,
    position: source.at(change.path),
  }));
  return mutants.sort(byPosition);
}

/** null where the file with the mutant in it is no sound rule file. */
export function readMutant(source: Source, { path, value }: Mutant, vocabulary: Vocabulary): RuleSet | null {
  const read = readSource({ ...source, data: edited(source.data, { path, value }) }, vocabulary);
  return read.problems.some(isError) ? null : read.ruleSet;
}

/** Rules by their id and not by their number, texts in a list by themselves: a name that other lines do not change. */
function nameOf(data: unknown, path: Path): string {
  return path
    .map((step, i) => {
      const value = valueAt(data, path.slice(0, i + 1));
      if (typeof step !== 'number') return step;
      if (typeof value === 'string') return value;
      const id = i === 1 ? valueAt(value, ['id']) : null;
      return typeof id === 'string' ? id : step;
    })
    .join('/');
}
