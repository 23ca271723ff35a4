/** The shape of vocabulary.yaml, of word files, and of what a rule file says of words. */
import { z } from 'zod';
import { factSchema, localFactSchema } from './facts.ts';
import { idSchema } from './shape.ts';
import { moreWorklistsSchema, worklistsSchema } from './worklists.ts';

/** Of the name of a fact: group.name. */
export const FACT_NAME = /^[a-z][A-Za-z0-9]*\.[a-z][A-Za-z0-9]*$/;
const factName = z
  .string()
  .regex(FACT_NAME)
  .describe('「まとまり.名前」の形で書く事実の名前（例：group.name）');
const text = z.string().min(1);
const labels = (description: string) => z.record(idSchema, text).describe(description);

const fallbackSchema = z.strictObject({
  outcome: idSchema.describe('結論'),
  state: idSchema.describe('クーポンと請求の状態'),
  nextStep: idSchema.describe('案内する手順'),
});

/** What to say where the facts leave a conclusion open, or contradict each other. */
export type Fallback = z.infer<typeof fallbackSchema>;

const factsOf = <Fact extends z.ZodType>(fact: Fact) =>
  z.record(factName, fact).describe('判定に使う事実。尋ねる順に書く');
const words = {
  outcomes: labels('結論の名前と日本語'),
  voucherStates: labels('クーポンの状態の名前と日本語'),
  claimStates: labels('請求の状態の名前と日本語'),
  nextSteps: labels('次にすることの名前と日本語。回答に並べる順に書く'),
};
const nothingLeftToDo = z
  .array(idSchema)
  .optional()
  .describe('もう何もすることのない請求の状態。次にすることや期限を示さなくてよい');

export const vocabularySchema = z
  .strictObject({
    facts: factsOf(factSchema),
    ...words,
    whenUnknown: fallbackSchema.describe('事実が足りず決まらないときの答え方'),
    whenContradictory: fallbackSchema.describe('事実が矛盾しているときの答え方'),
    nothingLeftToDo,
    worklists: worklistsSchema.optional(),
  })
  .meta({ title: '共通の語彙', description: 'すべてのルールが共有する事実と言葉' });

/** The words of one rule file alone, which may be others for what is known already; same shape, everything optional. */
export const localVocabularySchema = z
  .strictObject({ facts: factsOf(localFactSchema), ...words })
  .partial()
  .extend({ nothingLeftToDo, worklists: moreWorklistsSchema.optional() })
  .meta({
    id: 'localVocabulary',
    description:
      'このルールだけで使う事実と言葉。共通の語彙にある名前を書けば、このルールの回答だけ言い換える',
  });

/** What one file says beside the shared words. */
export type LocalWords = z.infer<typeof localVocabularySchema>;

/** Every key of the format, to suggest the nearest one. */
export const VOCABULARY_KEYS = [vocabularySchema, factSchema, fallbackSchema, worklistsSchema].flatMap(
  ({ shape }) => Object.keys(shape),
);
