/**
 * The judgement of a case. json-rules-engine gives it for every section whose input was not seen before, on the facts under
 * their own names. The walk of `sections.ts` is held to it: where the two differ, the library's word stands, and the
 * difference is told.
 */
import { NONE, type Slots } from '../facts/values.ts';
import { toLibrary } from './json-rules-engine/operators.ts';
import { derivedValue } from './json-rules-engine/section-rules.ts';
import type { Truth } from './operators.ts';
import type { CompiledSection, Disagreement, RememberedSection, Rules } from './rules.ts';
import { SectionPass, type SectionResults, sectionResult } from './sections.ts';

/** `disagreements` is empty unless something is wrong with this program. */
export async function judge(
  rules: Rules,
  slots: Slots,
): Promise<SectionResults & { disagreements: Disagreement[] }> {
  const pass = new SectionPass(rules, slots);
  const disagreements: Disagreement[] = [];
  for (const section of rules.sections.values()) {
    const remembered = pass.evaluate(section);
    if (remembered.disagreements === null) await ask(rules, section, slots, pass, remembered);
    disagreements.push(...(remembered.disagreements ?? []));
    pass.add(remembered.result);
  }
  return { ...pass.results(), disagreements };
}

/** Asks json-rules-engine about the rules looked at, those that it was not asked about yet for what they read. */
async function ask(
  rules: Rules,
  section: CompiledSection,
  slots: Slots,
  pass: SectionPass,
  remembered: RememberedSection,
): Promise<void> {
  const { rules: compiled, engine } = section;
  const walked = remembered.result.truths;
  const keys = walked.map((_, place) => pass.keyOfRule(section, place));
  const words = keys.map((key): Truth | undefined => {
    const known = rules.remembered.get(key);
    return typeof known === 'string' ? known : undefined;
  });
  const unasked = [...words.keys()].filter((place) => words[place] === undefined);
  if (unasked.length > 0) {
    const truths = await engine.run(unasked, factsForLibrary(rules, slots, pass.concluded, engine.rules()));
    for (const [i, place] of unasked.entries()) {
      const truth = truths[i] ?? 'unknown';
      words[place] = truth;
      rules.remembered.set(keys[place] ?? '', truth);
    }
  }
  remembered.disagreements = walked.flatMap((walk, place) => {
    const [word, rule] = [words[place], compiled[place]?.rule];
    return word === undefined || word === walk || !rule
      ? []
      : [{ rule: `${rule.section}/${rule.id}`, jsonRulesEngine: word, walk }];
  });
  if (remembered.disagreements.length > 0)
    remembered.result = sectionResult(section, (rule, place) => words[place] ?? pass.walkRule(rule));
}

/** Every fact that the rules read, by name: facts of the case, right-hand sides worked out of them, earlier conclusions. */
function factsForLibrary(
  { ruleSet, layout }: Rules,
  slots: Slots,
  concluded: SectionPass['concluded'],
  { derived }: ReturnType<CompiledSection['engine']['rules']>,
): (name: string) => unknown {
  const values = layout.valuesOf(slots);
  return (name) => {
    const how = derived[name];
    if (how !== undefined) return toLibrary(derivedValue(how, values, ruleSet));
    const conclusions = concluded.get(name);
    if (conclusions) return conclusions;
    const value = values.get(name) ?? NONE;
    if (value === NONE && ruleSet.vocabulary.facts.get(name)?.type === 'set') return [];
    return toLibrary(value);
  };
}
