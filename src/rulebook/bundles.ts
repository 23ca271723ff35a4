/** Bundles of guidance: steps, deadlines and information that several rules give, named once and put into each of them. */
import { isObject } from './basics.ts';
import type { Places } from './places.ts';
import { nearest, type ProblemList } from './problems.ts';
import type { Path } from './source.ts';

type Keyed = Record<string, unknown>;

/** Puts bundles where rules name them (`guide:`), and tells which are named nowhere. */
export function bundlesIn(data: Keyed, places: Places, problems: ProblemList<Path>) {
  const bundles: Keyed = isObject(data.guidance) ? data.guidance : {};
  const used = new Set<string>();

  function named(guide: unknown, at: Path): { name: string; bundle: Keyed }[] {
    return [guide].flat().flatMap((name, i) => {
      const bundle = bundles[String(name)];
      if (typeof name === 'string' && isObject(bundle)) {
        used.add(name);
        return { name, bundle };
      }
      const of = Array.isArray(guide) ? [...at, i] : at;
      problems.addAt('unknown-word', () => places.atWritten(of), {
        ja: `「${name}」という案内のまとまりは guidance にありません。`,
        en: `There is no "${name}" in guidance.`,
        suggestion: () => nearest(String(name), Object.keys(bundles)),
      });
      return [];
    });
  }

  return {
    /**
     * The rule as if all were written in it: what the bundles say first, then its own; its own information alone, where it has any.
     * `path`: of the rule in the long form; `at`: where it is written.
     */
    put(rule: Keyed, path: Path, at: Path): Keyed {
      if (rule.guide === undefined) return rule;
      const { guide, ...own } = rule;
      const parts = named(guide, [...at, 'guide']);
      const put: Keyed = { ...own };
      for (const key of ['nextSteps', 'deadlines'] as const) {
        const written = [
          ...parts.flatMap(({ name, bundle }) => itemsOf(bundle[key], ['guidance', name, key])),
          ...itemsOf(own[key], [...at, key]),
        ];
        const all = written.filter(({ id }, i) => written.findIndex((other) => other.id === id) === i);
        if (all.length === 0) continue;
        put[key] = all.map(({ id }) => id);
        for (const [i, item] of all.entries()) places.put([...path, key, i], item.at);
      }
      const information = parts.findLast(({ bundle }) => bundle.requiredInformation !== undefined);
      if (own.requiredInformation === undefined && information) {
        put.requiredInformation = information.bundle.requiredInformation;
        places.put([...path, 'requiredInformation'], ['guidance', information.name, 'requiredInformation']);
      }
      return put;
    },
    /** After all rules were put. */
    tellUnused(): void {
      for (const name of Object.keys(bundles))
        if (!used.has(name))
          problems.add('unused', ['guidance', name], {
            ja: `案内のまとまり「${name}」は、どこからも使われていません。`,
            en: `The guidance "${name}" is used nowhere.`,
            ofKey: true,
          });
    },
  };
}

const itemsOf = (written: unknown, path: Path): { id: unknown; at: Path }[] =>
  Array.isArray(written) ? written.map((id, i) => ({ id, at: [...path, i] })) : [];
