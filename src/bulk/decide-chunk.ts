/** One chunk of cases in, its lines out. Knows no files and no threads. */

import type { JsonText } from '../decisions/store.ts';
import { type AnsweredBy, answerText } from '../engine/answer/answer.ts';
import { AND } from '../engine/answer/field.ts';
import { type Decision, decisionSchema } from '../engine/answer/fields.ts';
import {
  answerField,
  type DecisionTemplate,
  decisionTemplate,
  type SharedFields,
} from '../engine/answer/template.ts';
import { createMemory } from '../engine/cache/memory.ts';
import { EngineDisagreement } from '../engine/decide.ts';
import type { LoadedRuleSet } from '../rule-files/load.ts';
import { answerLine, badAnswerLine } from './answer-line.ts';
import { ByteWriter } from './byte-writer.ts';
import type { Chunk } from './chunks.ts';
import { createReader } from './create-reader.ts';
import { type CsvTemplate, csvTemplate, fieldCells } from './csv-template.ts';
import { lineIds } from './line-id.ts';
import type { LineProblems } from './line-problem.ts';
import {
  beginLine,
  type CaseName,
  endDecision,
  writeBadLine,
  writeBadReview,
  writePayment,
  writeReview,
} from './lines.ts';
import { repeatReason, whyUnpayable } from './place-on-list.ts';
import { NO_REPEATS, type Repeat } from './repeats.ts';
import { count, emptyTally, type Tally } from './tally.ts';
import type { Task } from './task.ts';

export interface Decided {
  decisions: Buffer<ArrayBuffer>;
  payments: Buffer<ArrayBuffer>;
  review: Buffer<ArrayBuffer>;
  tally: Tally;
  /** To be logged before the lines are written. */
  records: LineRecord[];
}

/** What the log is to keep of a line, beside what is the same for all. */
export interface LineRecord {
  id: string;
  /** Epoch milliseconds. */
  asOf: number;
  reference: string | null;
  outcome: string;
  categories: string[];
  facts: JsonText;
  answer: JsonText;
}

export interface Decider {
  /**
   * `logged`: answers that are in the log already, by line; such lines are not decided again.
   * `repeats`: rows whose reference others have, too, by line.
   */
  decide(
    chunk: Chunk,
    logged: ReadonlyMap<number, string>,
    repeats?: ReadonlyMap<number, Repeat>,
  ): Promise<Decided>;
}

/** Templates kept by a thread; all threads together are to stay under 300 MB. */
const TEMPLATES_KEPT = 5_000;

/** What is known of all cases with one decision key, and how many of the chunk under way have it, with their yen. */
interface Known {
  template: DecisionTemplate;
  csv: CsvTemplate;
  tally: { cases: number; final: number; open: number };
}

export function createDecider(loaded: LoadedRuleSet, task: Task): Decider {
  const { program, ruleSet } = loaded;
  const { worklists } = ruleSet.vocabulary;
  const by: AnsweredBy = { program, version: loaded.version, commit: task.rules.commit };
  const reader = createReader(ruleSet, task);
  const idOf = task.log && lineIds(task.log);
  const decisions = new ByteWriter();
  const payments = new ByteWriter();
  const review = new ByteWriter();
  const memory = createMemory<Known>(TEMPLATES_KEPT);
  let tally = emptyTally();
  let records: LineRecord[] = [];
  let touched: Known[] = [];
  let repeats = NO_REPEATS;
  /** Without lists nobody asks which of them a case would be on. */
  const hasLists = task.payments || task.review;

  const known = (template: DecisionTemplate): Known => ({
    template,
    csv: csvTemplate(template.shared, worklists),
    tally: { cases: 0, final: 0, open: 0 },
  });

  async function learn(key: string): Promise<Known> {
    const template = await decisionTemplate(program, reader.keptFacts());
    if (template.disagreements.length > 0) throw new EngineDisagreement(template.disagreements);
    const made = known(template);
    memory.set(key, made);
    return made;
  }

  function writeBad(name: CaseName, problems: LineProblems): void {
    tally.bad += 1;
    if (task.output === 'csv') writeBadLine(decisions, name, problems);
    else decisions.text(badAnswerLine(name, problems));
    if (!hasLists) return;
    tally.review += 1;
    if (task.review) writeBadReview(review, name, problems);
  }

  /** All but the line of the decision itself. */
  function list(
    name: CaseName,
    { csv, tally: part }: Omit<Known, 'template'>,
    amount: Decision['amount'],
  ): void {
    const yen = amount?.yen ?? 0;
    part.cases += 1;
    if (amount?.final) part.final += yen;
    else part.open += yen;
    if (!hasLists) return;
    const repeat = repeats.get(name.line);
    const own = csv.list === 'payment' ? whyUnpayable(csv.isMissingFacts, amount) : csv.review;
    if (repeat) tally.repeated += 1;
    if (repeat || own !== '') {
      tally.review += 1;
      const reason = repeat
        ? [repeatReason(name.line, repeat), own].filter((one) => one !== '').join(AND)
        : own;
      if (task.review) writeReview(review, name, reason, csv.questions);
    } else if (csv.list === 'payment') {
      tally.payments.cases += 1;
      tally.payments.yen += yen;
      if (task.payments) writePayment(payments, name, csv, yen);
    } else tally.none += 1;
  }

  function writeCsv(name: CaseName, { csv, template }: Known): void {
    beginLine(decisions, name);
    for (const part of csv.cells) {
      if (typeof part !== 'string') decisions.bytes(part);
      else decisions.text(fieldCells(part, { [part]: answerField(part, program, reader.facts, template) }));
    }
    endDecision(decisions, name);
  }

  function writeFresh(name: CaseName, found: Known): void {
    const { template } = found;
    if (found.tally.cases === 0) touched.push(found);
    if (task.output === 'csv') writeCsv(name, found);
    if (task.output === 'ndjson' || task.log) {
      const logged = task.log && name.id !== null ? { id: name.id, decidedAt: task.log.decidedAt } : null;
      const answer = answerText(by, reader.facts, template, logged ?? 'unsaid', {
        explanation: task.explain,
      });
      if (task.output === 'ndjson') decisions.text(answerLine(name, answer));
      if (logged) {
        const { outcome, categories } = template.conclusion;
        records.push({
          id: logged.id,
          asOf: Number(reader.facts.slots[0]),
          reference: name.reference,
          outcome,
          categories: categories.map(({ concludes }) => concludes),
          facts: reader.factsText(),
          answer,
        });
      }
    }
    list(name, found, answerField('amount', program, reader.facts, template));
  }

  /** A line that an earlier, interrupted run has logged: its answer is written as it was given. */
  function writeLogged(name: CaseName, answer: string): void {
    const shared = decisionSchema.parse(JSON.parse(answer));
    const csv = csvTemplate(shared, worklists);
    const part = { cases: 0, final: 0, open: 0 };
    if (task.output === 'ndjson') decisions.text(answerLine(name, answer));
    else {
      beginLine(decisions, name);
      for (const cells of csv.cells) if (typeof cells !== 'string') decisions.bytes(cells);
      endDecision(decisions, name);
    }
    list(name, { csv, tally: part }, shared.amount);
    add(shared, part);
  }

  function add(
    { outcome, outcomeLabel, categories, remedies }: SharedFields,
    { cases, final, open }: Known['tally'],
  ): void {
    count(tally.outcomes, outcome ?? '', outcomeLabel ?? '', cases);
    for (const { id, label } of categories ?? []) count(tally.categories, id, label, cases);
    for (const { id, label } of remedies ?? []) count(tally.remedies, id, label, cases);
    tally.yen.final += final;
    tally.yen.open += open;
  }

  function finish(): Decided {
    tally.blank = reader.blank;
    for (const found of touched) {
      add(found.template.shared, found.tally);
      found.tally = { cases: 0, final: 0, open: 0 };
    }
    const decided = {
      ...{ decisions: decisions.take(), payments: payments.take(), review: review.take() },
      ...{ tally, records },
    };
    tally = emptyTally();
    [records, touched] = [[], []];
    return decided;
  }

  return {
    async decide(chunk, logged, repeated = NO_REPEATS) {
      repeats = repeated;
      reader.begin(chunk);
      while (reader.next()) {
        tally.cases += 1;
        const { line, reference, problems } = reader;
        const name: CaseName = { line, reference, id: idOf ? idOf(line) : null };
        const answer = logged.size > 0 ? logged.get(line) : undefined;
        if (problems.listed.length > 0) writeBad({ ...name, id: null }, problems);
        else if (answer !== undefined) writeLogged(name, answer);
        else {
          const key = program.keyOf(reader.facts);
          writeFresh(name, memory.get(key) ?? (await learn(key)));
        }
      }
      return finish();
    },
  };
}
