import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { casesFileSchema } from '../../analysis/cases/cases-file.ts';
import { answerJsonSchema } from '../../engine/answer/answer-schema.ts';
import { VOCABULARY_FILE } from '../../rule-files/load.ts';
import { ruleSetJsonSchema, vocabularyJsonSchema } from '../../rulebook/json-schema.ts';
import { readVocabulary } from '../../rulebook/vocabulary.ts';
import { type ExitCode, type Io, UsageError } from '../terminal/io.ts';

const textOf = (schema: object): string => JSON.stringify(schema, null, 2);

/** The JSON Schema of answers, as `GET /schemas/answer` has it. */
export const answerSchemaText = (): string => textOf(answerJsonSchema());

/** The editor schemas of a rules folder, by file name. */
export async function editorSchemas(rulesDir: string): Promise<Record<string, string>> {
  const { vocabulary } = readVocabulary(
    VOCABULARY_FILE,
    await readFile(join(rulesDir, VOCABULARY_FILE), 'utf8'),
  );
  if (!vocabulary)
    throw new UsageError({
      en: `${VOCABULARY_FILE} is not sound; run hosho check first`,
      ja: `${VOCABULARY_FILE} に誤りがあります。先に hosho check で直してください`,
    });
  const print = (schema: object): string => `${textOf(schema)}\n`;
  return {
    'rule-set.schema.json': print(ruleSetJsonSchema(vocabulary)),
    'vocabulary.schema.json': print(vocabularyJsonSchema()),
    'cases.schema.json': print(z.toJSONSchema(casesFileSchema, { io: 'input' })),
  };
}

/** Writes the schemas that editors complete rule files with. */
export async function schemas(io: Io, rulesDir: string): Promise<ExitCode> {
  for (const [name, content] of Object.entries(await editorSchemas(rulesDir))) {
    await writeFile(join(rulesDir, name), content);
    io.out(join(rulesDir, name));
  }
  return 0;
}
