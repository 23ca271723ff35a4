/** What to ask next, so that a form needs no other page. */
import { z } from 'zod';
import type { RuleSet } from '../../../rulebook/rule-set.ts';
import type { FactDefinition } from '../../../rulebook/vocabulary.ts';
import { UNKNOWN } from '../../facts/values.ts';
import * as shapes from '../decision.ts';
import { field, labels } from '../field.ts';
import type { OpenQuestion } from '../open-questions.ts';

/** In a terminal, of those that were assumed. */
const SHOWN = 3;
const MORE = {
  ja: (count: number) => `ほか ${count} 件`,
  en: (count: number) => `and ${count} more`,
};

export const QUESTIONS = {
  openQuestions: field<shapes.OpenQuestion[]>({
    schema: z.array(shapes.openQuestion),
    whereAbsent: [],
    make: ({ conclusion: { ruleSet }, facts, questions }) =>
      questions().flatMap((question) => {
        const { fact, isOnlyTold } = question;
        if (isOnlyTold && !facts.isAssumed(fact) && facts.values.get(fact) !== UNKNOWN) return [];
        return inWords(question, ruleSet) ?? [];
      }),
    varies: () => true,
    // For who asks; what it rests on is told by other fields.
    says: [
      { label: { ja: '次に尋ねること', en: 'open questions' }, items: labels, follows: 5, expect: null },
    ],
    terminal: {
      label: { ja: 'ほかの答えなら結論の変わること', en: 'What could still change the answer' },
      lines(questions, { lang, dim, aside }) {
        const assumed = questions.filter(({ because }) => because === 'assumed');
        const more = assumed.length - SHOWN;
        return [
          ...assumed.slice(0, SHOWN).map(({ question, fact }) => `${question}${dim(aside(fact))}`),
          ...(more > 0 ? [MORE[lang](more)] : []),
        ];
      },
    },
  }),
};

const worded = new WeakMap<OpenQuestion, shapes.OpenQuestion>();

function inWords(question: OpenQuestion, { vocabulary }: RuleSet): shapes.OpenQuestion | null {
  const known = worded.get(question);
  if (known) return known;
  const definition = vocabulary.facts.get(question.fact);
  if (!definition) return null;
  const made = asked(definition, question.because);
  worded.set(question, made);
  return made;
}

function asked(definition: FactDefinition, because: shapes.OpenQuestion['because']): shapes.OpenQuestion {
  const { name, label, question, type, values, unit, absent } = definition;
  return {
    ...{ fact: name, label, question, type },
    ...(values && { choices: values.map(({ id, label }) => ({ id, label })) }),
    ...(unit !== null && { unit }),
    because,
    ...(because === 'assumed' && absent.kind !== 'unknown' && { assumed: absentJson(absent) }),
  };
}

/** null: that there is none. */
function absentJson(absent: FactDefinition['absent']): shapes.OpenQuestion['assumed'] {
  if (absent.kind !== 'value') return null;
  return typeof absent.value === 'object' ? [...absent.value] : absent.value;
}
