import { MOST_LISTED } from './bounded-list.ts';
import { isError, type Problem, type ProblemCode, problemOf } from './problems.ts';

/**
 * What is wrong with one file. Of errors and of warnings the first 50 are made; one more of each kind stands for all the others,
 * at the place of the first of them, and says how many they are.
 */
export class ProblemList {
  private readonly listed: Problem[] = [];
  private readonly errors: Count = { all: 0, first: null };
  private readonly warnings: Count = { all: 0, first: null };

  /** `make` may take its time: it is called for those alone that are listed. */
  add(code: ProblemCode, make: () => Problem): void {
    const count = isError({ code }) ? this.errors : this.warnings;
    count.all += 1;
    if (count.all <= MOST_LISTED) this.listed.push(make());
    else count.first ??= make();
  }

  addAll(problems: Iterable<Problem>): void {
    for (const problem of problems) this.add(problem.code, () => problem);
  }

  get hasErrors(): boolean {
    return this.errors.all > 0;
  }

  get isEmpty(): boolean {
    return this.errors.all + this.warnings.all === 0;
  }

  all(): Problem[] {
    return [...this.listed, ...others(this.errors, 'more-problems'), ...others(this.warnings, 'unused')];
  }
}

interface Count {
  all: number;
  /** Of those that are not listed. */
  first: Problem | null;
}

function others({ all, first }: Count, code: ProblemCode): Problem[] {
  if (first === null) return [];
  const more = all - MOST_LISTED;
  return [
    problemOf(code, first.position, {
      ja: `ここを含めて、ほかに ${more} 件あります。先に示したものから直してください。`,
      en: `Here and elsewhere there are ${more} more. Mend those that are shown first.`,
    }),
  ];
}
