/** Values are of one class exactly if every comparison of the fact with the rule file says the same of them. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { compileClass } from '../../src/engine/classes.ts';
import type { Comparison } from '../../src/engine/compile-leaf.ts';
import type { Program } from '../../src/engine/program.ts';
import { compile } from '../../src/engine/program.ts';
import type { CompiledLeaf } from '../../src/engine/rules.ts';
import { withFact } from '../../src/engine/slots.ts';
import { factsOf as factsRead, NONE, UNKNOWN, type Value } from '../../src/engine/values.ts';
import { runs } from '../fixtures/runs.ts';
import { ruleFile, vocabulary } from './generated.ts';
import { programOf } from './small.ts';
import { yamaguchi } from './yamaguchi.ts';

type Told = CompiledLeaf & { comparison: Comparison };

function ownLeaves({ leaves, ruleSet }: Program, fact: string): Told[] {
  return leaves.flatMap((compiled) => {
    const { leaf, comparison } = compiled;
    const isOwn = leaf.fact === fact && factsRead(leaf.operand, ruleSet.deadlines).length === 0;
    return comparison && isOwn ? [{ ...compiled, comparison }] : [];
  });
}

/** Around every bound that a comparison has, and far from all. */
function numbersAround(leaves: readonly Told[]): number[] {
  const bounds = leaves.flatMap(({ comparison }) => {
    const wanted = comparison.wanted([]);
    if (typeof wanted === 'number') return [wanted];
    return typeof wanted === 'object' && 'start' in wanted ? [wanted.start, wanted.end] : [];
  });
  return [...bounds.flatMap((b) => [b - 2, b - 1, b, b + 1, b + 2]), 0, 253_402_300_799_000];
}

function textsOf(leaves: readonly Told[]): string[] {
  const named = leaves.flatMap(({ leaf: { operand } }) => (operand.kind === 'literal' ? operand.value : []));
  const texts = named.filter((item) => typeof item === 'string');
  return [...new Set([...texts, ...texts.map((text) => `a${text}b`), '', 'other'])];
}

function valuesOf(leaves: readonly Told[], type: string): Value[] {
  const texts = textsOf(leaves);
  switch (type) {
    case 'boolean':
      return [true, false];
    case 'integer':
    case 'instant':
      return numbersAround(leaves);
    case 'set':
      return Array.from(
        { length: 2 ** Math.min(texts.length, 6) },
        (_, bits) => new Set(texts.filter((__, i) => (bits >> i) & 1)),
      );
    default:
      return texts;
  }
}

function classesAreExact(program: Program): number {
  let compared = 0;
  for (const { name, type } of program.ruleSet.vocabulary.facts.values()) {
    const leaves = ownLeaves(program, name);
    const slot = program.layout.slotOf(name);
    const classOf = compileClass(slot, leaves);
    const told = new Map<string, number>();
    const back = new Map<number, string>();
    const values: Value[] = [...valuesOf(leaves, type), UNKNOWN, NONE];
    for (const value of values) {
      const slots = withFact([], slot, value);
      const truths = leaves.map(({ comparison }) => comparison.truth(slots)).join();
      const found = classOf(slots);
      expect(told.get(truths) ?? found, `${name} ${String(value)}`).toBe(found);
      expect(back.get(found) ?? truths, `${name} ${String(value)}`).toBe(truths);
      told.set(truths, found);
      back.set(found, truths);
      compared++;
    }
  }
  return compared;
}

it('for every fact of Yamaguchi', () => {
  expect(classesAreExact(compile(yamaguchi()))).toBeGreaterThan(300);
});

it('over generated rule sets', () => {
  fc.assert(
    fc.property(ruleFile, (written) => {
      classesAreExact(programOf(written, vocabulary));
    }),
    { numRuns: runs(60) },
  );
});
