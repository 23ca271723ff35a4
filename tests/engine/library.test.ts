/** The walk over conditions is held to json-rules-engine, which is really asked, and whose word stands. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decide } from '../../src/engine/decide.ts';
import { judge } from '../../src/engine/judge/judge.ts';
import { type CompiledSection, ofSection, type Rules } from '../../src/engine/judge/rules.ts';
import { evaluateSections } from '../../src/engine/judge/sections.ts';
import { compile } from '../../src/engine/program.ts';
import { runs } from '../fixtures/runs.ts';
import { asOf, facts, ruleFile, vocabulary } from './generated.ts';
import { factsOf, programOf } from './small.ts';
import { yamaguchi, yamaguchiCases } from './yamaguchi.ts';

const withSections = <R extends Rules>(
  rules: R,
  change: (section: CompiledSection) => CompiledSection,
): R => ({
  ...rules,
  sections: new Map([...rules.sections].map(([name, section]) => [name, change(section)])),
});

/** Notes each time that json-rules-engine is run on a section, and the truths it gives. */
function listening<R extends Rules>(rules: R): { rules: R; heard: { section: string; truths: string[] }[] } {
  const heard: { section: string; truths: string[] }[] = [];
  const listen = (compiled: CompiledSection): CompiledSection => ({
    ...compiled,
    engine: {
      ...compiled.engine,
      async run(places, factOf) {
        const truths = await compiled.engine.run(places, factOf);
        heard.push({ section: compiled.section.name, truths });
        return truths;
      },
    },
  });
  return { rules: withSections(rules, listen), heard };
}

/** A walk that takes every rule of a section for its opposite; json-rules-engine has the rules as they are written. */
const walkingWrongly = <R extends Rules>(rules: R, wrong: string): R =>
  withSections(rules, (compiled) => {
    if (compiled.section.name !== wrong) return compiled;
    const opposite = compiled.rules.map(({ rule, leaves }) => {
      const { when } = rule;
      return { leaves, rule: { ...rule, when: when && { kind: 'not' as const, of: when } } };
    });
    return { ...compiled, rules: opposite };
  });

const sectionsWithRules = ({ sections }: Rules): string[] =>
  [...sections].flatMap(([name, { rules }]) => (rules.length > 0 ? name : []));

describe('json-rules-engine and the walk say the same', () => {
  it('of every rule of generated rule sets, in cases with facts unknown', async () => {
    const said = { true: 0, false: 0, unknown: 0 };
    await fc.assert(
      fc.asyncProperty(
        ruleFile,
        fc.array(fc.tuple(facts(1, 4), asOf), { minLength: 6, maxLength: 6 }),
        async (written, cases) => {
          const { rules, heard } = listening(programOf(written, vocabulary));
          for (const [given, at] of cases) {
            const { disagreements } = await judge(rules, factsOf(rules, given, at).slots);
            expect(disagreements).toEqual([]);
          }
          // Of the first case the library is asked about every section.
          const withRules = sectionsWithRules(rules);
          expect(heard.slice(0, withRules.length).map(({ section }) => section)).toEqual(withRules);
          for (const { truths } of heard) for (const truth of truths) said[truth as keyof typeof said] += 1;
        },
      ),
      { numRuns: runs(60) },
    );
    for (const count of Object.values(said)) expect(count).toBeGreaterThan(100);
  }, 300_000);

  it('of every rule of Yamaguchi, in every case, and with half of the facts left out', async () => {
    const { rules, heard } = listening(compile(yamaguchi()));
    for (const { facts: given, asOf: at } of yamaguchiCases()) {
      for (const isPartial of [false, true]) {
        const left = Object.entries(given).map(([group, members]) => [
          group,
          Object.fromEntries(Object.entries(members).filter((_, i) => !isPartial || i % 2 === 0)),
        ]);
        const { slots } = factsOf(rules, Object.fromEntries(left), at);
        expect((await judge(rules, slots)).disagreements).toEqual([]);
      }
    }
    expect(new Set(heard.map(({ section }) => section)).size).toBe(rules.sections.size);
    expect(heard.some(({ truths }) => truths.includes('unknown'))).toBe(true);
  }, 300_000);
});

describe('json-rules-engine is asked', () => {
  const given = { case: { flag: true } };

  it('once about a section with the same input', async () => {
    const { rules, heard } = listening(programOf({}));
    const { slots } = factsOf(rules, given);
    await judge(rules, slots);
    await judge(rules, slots);
    expect(heard).toHaveLength(sectionsWithRules(rules).length);
  });

  it('also where the walk has been there before, filling in unknown facts', async () => {
    const { rules, heard } = listening(programOf({}));
    const { slots } = factsOf(rules, given);
    evaluateSections(rules, slots, rules.sections.values());
    expect(heard).toEqual([]);
    await judge(rules, slots);
    expect(heard).toHaveLength(sectionsWithRules(rules).length);
  });
});

describe('a walk that is wrong', () => {
  const cases: [jsonRulesEngine: string, walk: string, flag: boolean, outcome: string][] = [
    ['true', 'false', true, 'granted'],
    ['false', 'true', false, 'denied'],
  ];
  it.each(cases)(
    "is reported, and json-rules-engine's %s stands",
    async (jsonRulesEngine, walk, flag, outcome) => {
      const given = { case: { flag } };
      const rules = walkingWrongly(programOf({}), 'eligibility');
      const { slots } = factsOf(rules, given);
      for (const time of ['asked', 'remembered']) {
        const { sections, disagreements } = await judge(rules, slots);
        expect(disagreements, time).toEqual([{ rule: 'eligibility/A', jsonRulesEngine, walk }]);
        // The later sections build on the library's word.
        expect(
          ofSection(sections, 'outcome').holding.map(({ rule }) => rule.concludes),
          time,
        ).toEqual([outcome]);
      }
    },
  );

  it('is no decision: `decide` rejects', async () => {
    const program = walkingWrongly(programOf({}), 'eligibility');
    const read = factsOf(program, { case: { flag: true } });
    await expect(decide(program, read, { explanation: false })).rejects.toThrow('eligibility/A');
  });
});
