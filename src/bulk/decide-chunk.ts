/** One chunk of cases in, its lines out. Knows no files and no threads. */
import type { JsonText, Payment } from '../decisions/store.ts';
import { type AnsweredBy, answerText } from '../engine/answer/answer.ts';
import { AND } from '../engine/answer/field.ts';
import { type Decision, decisionSchema, type FieldName } from '../engine/answer/fields.ts';
import type { DecisionTemplate, SharedFields } from '../engine/answer/template.ts';
import { answerField, decisionTemplate } from '../engine/answer/template.ts';
import { worklistOf } from '../engine/answer/worklist.ts';
import { createMemory } from '../engine/cache/memory.ts';
import { EngineDisagreement } from '../engine/decide.ts';
import { type CaseFacts, factReader, toCaseFacts } from '../engine/facts/read-facts.ts';
import type { LoadedRuleSet } from '../rule-files/load.ts';
import { ByteWriter } from './byte-writer.ts';
import type { ReadCase } from './case-reader.ts';
import type { Chunk } from './chunks.ts';
import { type CsvTemplate, csvTemplate, fieldCells, paymentCells } from './csv-template.ts';
import {
  answerLine,
  badAnswerLine,
  badLine,
  badReviewLine,
  type CaseName,
  endOfDecision,
  endOfPayment,
  reviewLine,
  startOfLine,
  startOfPayment,
} from './lines.ts';
import { NOTHING_PAID, type PaidBefore } from './payment-log.ts';
import { count, emptyTally, type Tally } from './progress.ts';
import { createReader } from './read-cases.ts';
import { referenceKey } from './reference-key.ts';
import { paidReason, repeatReason } from './repeat-reason.ts';
import { NO_REPEATS, type Repeat } from './repeats.ts';
import { lineIds, type Task } from './task.ts';

export interface Order {
  chunk: Chunk;
  /** Answers that are in the log already, by line; such lines are not decided again. */
  logged: ReadonlyMap<number, string>;
  /** Rows whose reference others have, too, by line. */
  repeats: ReadonlyMap<number, Repeat>;
  /** Rows whose reference is on an earlier list, by line. */
  paidBefore?: PaidBefore;
}

export interface Decided {
  decisions: Buffer<ArrayBuffer>;
  payments: Buffer<ArrayBuffer>;
  review: Buffer<ArrayBuffer>;
  tally: Tally;
  /** To be logged before the lines are written. */
  records: LineRecord[];
  /** What is on the list of payments, as far as it can be known again; to be logged before, too. */
  paid: Payment[];
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

export type Decider = ReturnType<typeof createDecider>;

/** Templates kept by a thread; all threads together are to stay under 300 MB. */
const TEMPLATES_KEPT = 5_000;

/** What is known of all cases with one decision key. */
interface Known {
  template: DecisionTemplate;
  csv: CsvTemplate;
}

const NO_LISTS = { worklist: null, claims: [] };

export function createDecider(loaded: LoadedRuleSet, task: Task) {
  const { program, ruleSet } = loaded;
  const { vocabulary } = ruleSet;
  const by: AnsweredBy = { program, version: loaded.version, commit: task.rules.commit };
  const reader = createReader(ruleSet, task);
  const idOf = task.log && lineIds(task.log);
  const [decisions, payments, review] = [new ByteWriter(), new ByteWriter(), new ByteWriter()];
  const memory = createMemory<Known>(TEMPLATES_KEPT);
  let tally = emptyTally();
  let records: LineRecord[] = [];
  let repeats = NO_REPEATS;
  let paidBefore = NOTHING_PAID;
  let paid: Payment[] = [];
  /** Without lists nobody asks which of them a case would be on. */
  const hasLists = task.payments || task.review;

  async function learn(key: string, { slots, assumedBits, cannotTell }: CaseFacts): Promise<Known> {
    // The facts that were read are overwritten by the next case.
    const facts = toCaseFacts(factReader(vocabulary), slots.slice(), assumedBits.slice(), cannotTell);
    const template = await decisionTemplate(program, facts);
    if (template.disagreements.length > 0) throw new EngineDisagreement(template.disagreements);
    const known = { template, csv: csvTemplate(template.shared, program.ruleSet) };
    memory.set(key, known);
    return known;
  }

  function writeBad(name: CaseName, { problems }: ReadCase): void {
    tally.bad += 1;
    decisions.text(
      task.output === 'csv' ? badLine(name, problems, program.ruleSet) : badAnswerLine(name, problems),
    );
    if (!hasLists) return;
    tally.review += 1;
    if (task.review) review.text(badReviewLine(name, problems));
  }

  function writeFresh(name: CaseName, { facts, factsText }: ReadCase, { template, csv }: Known): void {
    const amount = answerField('amount', program, facts, template);
    if (task.output === 'csv') {
      decisions.text(startOfLine(name));
      for (const part of csv.cells) {
        if (typeof part !== 'string') decisions.bytes(part);
        else if (part === 'amount') decisions.text(fieldCells(part, amount, program.ruleSet));
        else decisions.text(fieldCells(part, answerField(part, program, facts, template), program.ruleSet));
      }
      decisions.text(endOfDecision(name));
    }
    if (task.output === 'ndjson' || task.log) {
      const { id, reference } = name;
      const logged = task.log && id !== null ? { id, decidedAt: task.log.decidedAt, reference } : null;
      // Of a file nobody is asked anything: what a search for the next question takes is saved.
      const options = { explanation: task.explain, openQuestions: false };
      const answer = answerText(by, facts, template, logged ?? 'unsaid', options);
      if (task.output === 'ndjson') decisions.text(answerLine(name, answer));
      if (logged) {
        const { outcome, categories } = template.conclusion;
        records.push({
          id: logged.id,
          asOf: Number(facts.slots[0]),
          reference,
          outcome,
          categories: categories.map(({ concludes }) => concludes),
          facts: factsText(),
          answer,
        });
      }
    }
    const field = <Of extends FieldName>(of: Of) => answerField(of, program, facts, template);
    list(name, csv, template.shared, {
      ...{ amount, remedies: field('remedies') },
      ...(hasLists ? { worklist: field('worklist'), claims: field('claims') } : NO_LISTS),
    });
  }

  /** A line that an earlier, interrupted run has logged: its answer is written as it was given. */
  function writeLogged(name: CaseName, answer: string): void {
    const shared = decisionSchema.parse(JSON.parse(answer));
    const csv = csvTemplate(shared, program.ruleSet);
    if (task.output === 'ndjson') decisions.text(answerLine(name, answer));
    else {
      decisions.text(startOfLine(name));
      for (const cells of csv.cells) if (typeof cells !== 'string') decisions.bytes(cells);
      decisions.text(endOfDecision(name));
    }
    // An answer of a program that did not say yet on which list a case is.
    const worklist =
      shared.worklist ??
      worklistOf(
        {
          ...shared,
          isMissingFacts: shared.missingFacts.length > 0,
          contradictions: () => shared.contradictions,
          reasons: () => shared.reasons,
        },
        vocabulary.worklists,
      );
    const { amount, remedies, claims } = shared;
    list(name, csv, shared, { amount, remedies, claims, worklist });
  }

  /** All but the line of the decision itself. */
  function list(
    name: CaseName,
    csv: CsvTemplate,
    shared: SharedFields,
    answered: Pick<Decision, 'amount' | 'worklist' | 'remedies' | 'claims'>,
  ): void {
    const { outcome, outcomeLabel, categories = [] } = shared;
    const { amount, worklist, remedies } = answered;
    const yen = amount?.yen ?? 0;
    count(tally.outcomes, outcome ?? '', outcomeLabel ?? '');
    for (const { id, label } of categories) count(tally.categories, id, label);
    for (const { id, label } of remedies) count(tally.remedies, id, label);
    tally.yen[amount?.final ? 'final' : 'open'] += yen;
    if (!hasLists) return;
    const repeat = repeats.get(name.line);
    const own = worklist?.id === 'review' ? worklist.why : '';
    const before = paidBefore.get(name.line);
    if (repeat) tally.repeated += 1;
    if (before) tally.paidBefore += 1;
    if (repeat || before || own !== '') {
      tally.review += 1;
      const ofOthers = repeat ? repeatReason(name.line, repeat) : '';
      const reasons = [ofOthers, before ? paidReason(before, ruleSet.timeZone) : '', own];
      const reason = reasons.filter((one) => one !== '').join(AND);
      if (task.review) review.text(reviewLine(name, reason, csv.questions));
    } else if (worklist?.id === 'payment') {
      // A decision that an earlier program logged says that it is paid, and not yet how much.
      const pay = worklist.pay ?? { yen, claims: answered.claims.map(({ id }) => id) };
      tally.payments.cases += 1;
      tally.payments.yen += pay.yen;
      if (!task.payments) return;
      const reference = referenceKey(name.reference);
      if (reference === null) tally.unnamed += 1;
      else paid.push({ line: name.line, reference });
      csv.payment ??= paymentCells(answered, pay.claims);
      payments.text(startOfPayment(name, pay.yen));
      payments.bytes(csv.payment);
      payments.text(endOfPayment(name));
    } else tally.none += 1;
  }

  return async function decide(order: Order): Promise<Decided> {
    const { chunk, logged } = order;
    [tally, records, paid] = [emptyTally(), [], []];
    [repeats, paidBefore] = [order.repeats, order.paidBefore ?? NOTHING_PAID];
    for (const read of reader.read(chunk)) {
      if (read === null) {
        tally.blank += 1;
        continue;
      }
      tally.cases += 1;
      const { line, reference, facts } = read;
      const isBad = read.problems.listed.length > 0;
      const name: CaseName = { line, reference, id: idOf && !isBad ? idOf(line) : null };
      const answer = logged.size > 0 ? logged.get(line) : undefined;
      if (isBad) writeBad(name, read);
      else if (answer !== undefined) writeLogged(name, answer);
      else {
        const key = program.keyOf(facts);
        writeFresh(name, read, memory.get(key) ?? (await learn(key, facts)));
      }
    }
    const lists = { decisions: decisions.take(), payments: payments.take(), review: review.take() };
    return { ...lists, tally, records, paid };
  };
}
