/** The whole answer, with what stands around the decision: its JSON Schema, and answers as they were logged. */
import { z } from 'zod';
import { ruleExplanation } from './decision.ts';
import { answerSchemas, type Decision, decisionSchema } from './fields.ts';

const text = z.string();
const chosenBy = z.enum(['current', 'version', 'knownAt']);

const answerSchema = z
  .object({
    id: text.nullable().meta({ description: 'of the logged decision; null where nothing was logged' }),
    ruleSet: z.object({
      ...{ prefecture: text, incident: text, title: text },
      version: text.meta({ description: 'sha256 of rule file and vocabulary, 64 hex digits' }),
      commit: text.nullable().meta({ description: 'git commit of the rule file, null where it has none' }),
      chosenBy: chosenBy.meta({ description: 'what is current, or the version or the instant asked for' }),
      knownAt: text.optional().meta({ description: 'RFC 3339; only with chosenBy knownAt' }),
    }),
    asOf: text.meta({ description: 'the instant judged, RFC 3339' }),
    decidedAt: text.nullable().meta({ description: 'RFC 3339; null where nothing was logged' }),
    ...answerSchemas,
    explanation: z.array(ruleExplanation).optional().meta({ description: 'only where it was asked for' }),
    logged: z.boolean(),
    reference: text.nullable().meta({ description: "the caller's, as it was sent; null without one" }),
    links: z
      .object({ decision: text, explanation: text })
      .optional()
      .meta({ description: 'paths of this service; only where the decision was logged' }),
  })
  .meta({ title: 'Answer', description: 'Members may be added; those that are here keep their meaning.' });

export type Answer = Decision & z.infer<typeof answerSchema>;

/** JSON Schema (2020-12). Open to further members. */
export const answerJsonSchema = (): object =>
  z.toJSONSchema(answerSchema, {
    override: ({ jsonSchema }) => {
      delete jsonSchema.additionalProperties;
    },
  });

const loggedSchema = z.looseObject({
  ...decisionSchema.shape,
  ruleSet: z.looseObject({ commit: text.nullable() }),
});

export type LoggedAnswer = NonNullable<ReturnType<typeof readLoggedAnswer>>;

/** null where the text is no answer that this program can read. `commit`: of the rule file, null where it has none. */
export function readLoggedAnswer(answer: string) {
  try {
    const written: unknown = JSON.parse(answer);
    const logged = loggedSchema.parse(written);
    /** As they were written, for comparing. */
    const members = z.looseObject({}).parse(written);
    const decision: Decision = logged;
    return { decision, commit: logged.ruleSet.commit, members };
  } catch {
    return null;
  }
}
