import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { casesFileSchema } from '../../analysis/cases/cases-file.ts';
import { answerJsonSchema } from '../../engine/answer/answer-schema.ts';
import { VOCABULARY_FILE } from '../../rule-files/load.ts';
import { readWordFiles } from '../../rule-files/word-files.ts';
import { ruleSetJsonSchema, vocabularyJsonSchema, wordsJsonSchema } from '../../rulebook/json-schema.ts';
import { ruleFileReference } from '../../rulebook/reference.ts';
import { readWords } from '../../rulebook/vocabulary.ts';
import { type Context, type ExitCode, type Io, UsageError } from '../terminal/io.ts';

const textOf = (schema: object): string => JSON.stringify(schema, null, 2);

/** Writes the schemas that editors complete rule files with; or prints that of answers, as `GET /schemas/answer` has it. */
export async function schemas(
  { io, context }: { io: Io; context(): Context },
  { answer, reference }: { answer?: boolean; reference?: boolean },
): Promise<ExitCode> {
  if (answer) {
    io.out(textOf(answerJsonSchema()));
    return 0;
  }
  const { rulesDir } = context();
  const path = join(rulesDir, VOCABULARY_FILE);
  const wordTexts = await readWordFiles(path, (each) => readFile(each, 'utf8'));
  const { vocabulary } = readWords(VOCABULARY_FILE, await readFile(path, 'utf8'), wordTexts, 'file');
  if (!vocabulary)
    throw new UsageError({
      en: `${VOCABULARY_FILE} is not sound; run hosho check first`,
      ja: `${VOCABULARY_FILE} に誤りがあります。先に hosho check で直してください`,
    });
  if (reference) {
    io.out(ruleFileReference(vocabulary).trimEnd());
    return 0;
  }
  const written = {
    'rule-set.schema.json': ruleSetJsonSchema(vocabulary),
    'vocabulary.schema.json': vocabularyJsonSchema(),
    'words.schema.json': wordsJsonSchema(vocabulary),
    'cases.schema.json': z.toJSONSchema(casesFileSchema, { io: 'input' }),
  };
  for (const [name, schema] of Object.entries(written)) {
    await writeFile(join(rulesDir, name), `${textOf(schema)}\n`);
    io.out(join(rulesDir, name));
  }
  return 0;
}
