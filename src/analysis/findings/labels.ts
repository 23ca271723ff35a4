/** Names without words: what a reader of explanations, who knows no file, would meet. */
import { ALWAYS } from '../search/properties.ts';
import type { Check, Checks } from './finding.ts';

const noLabel: Check = ({ ruleSet: { conditions } }) =>
  [...conditions.values()]
    .filter(({ label, condition }) => label === null && !(condition.kind === 'leaf' && condition.label))
    .map(({ name, position }) => ({
      about: [`conditions/${name}`],
      property: ALWAYS,
      report: async () => [
        {
          ...{ position, about: [`conditions/${name}`], verdict: 'proved', example: null },
          ja: `条件「${name}」に、日本語の見出しがありません。説明には名前のまま出ます。{ label: 見出し, all: [ … ] } のように書いてください。`,
          en: `The condition "${name}" has no label: explanations show its bare name. Write it as { label: …, all: [ … ] }.`,
        },
      ],
    }));

export const LABELS: Checks = [['no-label', noLabel]];
