/** One chunk of cases in, its lines out. Knows no files and no threads. */
import { createHash } from 'node:crypto';
import { type AnsweredBy, answerText } from '../decisions/answer.ts';
import type { JsonText } from '../decisions/store.ts';
import { answerAmount, answerDeadlines, answerInformation } from '../engine/answer/parts.ts';
import { type Conclusion, conclude } from '../engine/answer/template.ts';
import type { Decision } from '../engine/answer/fields.ts';
import type { Pattern } from '../engine/cache/memory.ts';
import type { Program } from '../engine/program.ts';
import { type CaseFacts, readFacts } from '../engine/facts/read-facts.ts';
import { factsOfDeadline } from '../engine/facts/values.ts';
import type { LoadedRuleSet } from '../rule-files/load.ts';
import { answerLine, badAnswerLine } from './answer-line.ts';
import { ByteWriter } from './byte-writer.ts';
import type { Chunk } from './chunks.ts';
import { createReader } from './create-reader.ts';
import { AND } from './csv-text.ts';
import { lineIds } from './line-id.ts';
import type { LineProblems } from './line-problem.ts';
import {
  type CaseName,
  writeBadLine,
  writeBadReview,
  writeDecision,
  writePayment,
  writeReview,
} from './lines.ts';
import { PatternTable } from './pattern-table.ts';
import { NO_REPEATS, type Repeat } from './repeats.ts';
import { listCells, repeatReason, type Saying, toSaying } from './saying.ts';
import { count, emptyTally, type Tally } from './tally.ts';
import type { Task } from './task.ts';

export interface Decided {
  decisions: Buffer<ArrayBuffer>;
  payments: Buffer<ArrayBuffer>;
  review: Buffer<ArrayBuffer>;
  tally: Tally;
  /** To be logged before the lines are written. */
  records: LineRecord[];
  /** Conclusions that were new here; `teach` tells them to others. */
  learnt: Learnt[];
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

/** A case and what was concluded of it, which goes for all of its pattern. Patterns themselves are each program's own. */
export interface Learnt {
  /** As the API takes them, as JSON. */
  facts: string;
  /** Epoch milliseconds. */
  asOf: number;
  /** A Conclusion without its explanation, as JSON. */
  conclusion: string;
}

export interface Decider {
  /** `logged`: answers that are in the log already, by line; such lines are not decided again. */
  /** `repeats`: rows whose reference others have, too, by line. */
  decide(
    chunk: Chunk,
    logged: ReadonlyMap<number, string>,
    repeats?: ReadonlyMap<number, Repeat>,
  ): Promise<Decided>;
  teach(learnt: readonly Learnt[]): void;
}

const SAYINGS_KEPT = 5000;
/** Of each section. */
const STANDINGS_KEPT = 500;

export function createDecider(loaded: LoadedRuleSet, task: Task): Decider {
  const { program, ruleSet } = loaded;
  const { worklists } = ruleSet.vocabulary;
  const by: AnsweredBy = { program, version: loaded.version, commit: task.rules.commit };
  const reader = createReader(ruleSet, task);
  const idOf = task.log && lineIds(task.log);
  const decisions = new ByteWriter();
  const payments = new ByteWriter();
  const review = new ByteWriter();
  const memory = new PatternTable<Saying>();
  /** Many patterns come to the same; by the sha256 of the conclusion as JSON. */
  const sayings = new Map<string, Saying>();
  let tally = emptyTally();
  let records: LineRecord[] = [];
  let learnt: Learnt[] = [];
  let touched: Saying[] = [];
  let repeats = NO_REPEATS;
  /** Without lists nobody asks which of them a case would be on. */
  const hasLists = task.payments || task.review;

  const sayingOf = (conclusion: Conclusion): Saying => toSaying(conclusion, sameLists(conclusion), worklists);

  /** The lists of deadlines and of information, where no case can change them. */
  function sameLists({ deadlines, information }: Conclusion): string | null {
    const varies =
      deadlines.some((id) => factsOfDeadline(id, ruleSet.deadlines).length > 0) ||
      information.some(({ missingFrom }) => missingFrom !== null);
    return varies ? null : listsOf(deadlines, information, { get: () => undefined });
  }

  const listsOf = (
    deadlines: Conclusion['deadlines'],
    information: Conclusion['information'],
    values: CaseFacts['values'],
  ): string =>
    listCells({
      deadlines: answerDeadlines(program.deadlines, deadlines, values),
      requiredInformation: answerInformation(ruleSet, values, information),
    });

  async function learn(pattern: Pattern): Promise<Saying> {
    const conclusion = await conclude(program, reader.keptFacts());
    const saying = task.explain ? sayingOf(conclusion) : share(conclusion);
    memory.add(pattern, saying);
    return saying;
  }

  function share({ explain, ...rest }: Conclusion): Saying {
    const conclusion = JSON.stringify(rest);
    if (task.shares)
      learnt.push({ facts: reader.factsText(), asOf: Number(reader.facts.slots[0]), conclusion });
    return sharedSaying(conclusion, () => rest);
  }

  /** What explains a conclusion holds on to the case that it was first made of, so it is left behind. */
  function sharedSaying(text: string, conclusion: () => Omit<Conclusion, 'explain'>): Saying {
    const key = createHash('sha256').update(text).digest('base64');
    const known = sayings.get(key);
    if (known) return known;
    const saying = sayingOf({ ...conclusion(), explain: () => [] });
    if (sayings.size >= SAYINGS_KEPT) sayings.clear();
    sayings.set(key, saying);
    return saying;
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
  function list(name: CaseName, saying: Saying, amount: Decision['amount']): void {
    if (saying.tally.cases === 0) touched.push(saying);
    saying.tally.cases += 1;
    const yen = amount?.yen ?? 0;
    if (amount?.final) saying.tally.final += yen;
    else saying.tally.open += yen;
    if (!hasLists) return;
    const repeat = repeats.get(name.line);
    const own = saying.list === 'payment' ? whyUnpayable(saying, amount) : saying.review;
    if (repeat) tally.repeated += 1;
    if (repeat || own !== '') {
      tally.review += 1;
      const reason = repeat
        ? [repeatReason(name.line, repeat), own].filter((one) => one !== '').join(AND)
        : own;
      if (task.review) writeReview(review, name, reason, saying.questions);
    } else if (saying.list === 'payment') {
      tally.payments.cases += 1;
      tally.payments.yen += yen;
      if (task.payments) writePayment(payments, name, saying, yen);
    } else tally.none += 1;
  }

  function writeFresh(name: CaseName, saying: Saying): void {
    const { conclusion } = saying;
    const { values } = reader.facts;
    const amount = answerAmount(conclusion.amount, values);
    if (task.output === 'csv') {
      const lists = saying.afterLists ? listsOf(conclusion.deadlines, conclusion.information, values) : '';
      writeDecision(decisions, name, saying, amount, lists);
    }
    if (task.output === 'ndjson' || task.log) {
      const logged = task.log && name.id !== null ? { id: name.id, decidedAt: task.log.decidedAt } : null;
      const answer = answerText(by, reader.facts, conclusion, logged, { explanation: task.explain });
      if (task.output === 'ndjson') decisions.text(answerLine(name, answer));
      if (logged) {
        const { outcome, categories } = conclusion.said;
        records.push({
          id: logged.id,
          asOf: Number(reader.facts.slots[0]),
          reference: name.reference,
          outcome,
          categories: categories.map((category) => category.id),
          facts: reader.factsText(),
          answer,
        });
      }
    }
    list(name, saying, amount);
  }

  function writeLogged(name: CaseName, answer: string): void {
    const said: Decision = JSON.parse(answer);
    const conclusion: Conclusion = { said, amount: null, deadlines: [], information: [], explain: () => [] };
    const saying = toSaying(conclusion, listCells(said), worklists);
    if (task.output === 'csv') writeDecision(decisions, name, saying, said.amount, '');
    else decisions.text(answerLine(name, answer));
    list(name, saying, said.amount);
  }

  function finish(): Decided {
    tally.blank = reader.blank;
    for (const { conclusion, tally: part } of touched) {
      const { outcome, outcomeLabel, categories, remedies } = conclusion.said;
      count(tally.outcomes, outcome, outcomeLabel, part.cases);
      for (const { id, label } of categories) count(tally.categories, id, label, part.cases);
      for (const { id, label } of remedies) count(tally.remedies, id, label, part.cases);
      tally.yen.final += part.final;
      tally.yen.open += part.open;
      Object.assign(part, { cases: 0, final: 0, open: 0 });
    }
    const decided = {
      ...{ decisions: decisions.take(), payments: payments.take(), review: review.take() },
      ...{ tally, records, learnt },
    };
    tally = emptyTally();
    [records, learnt, touched] = [[], [], []];
    trim(program);
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
          const pattern = program.patternOf(reader.facts);
          writeFresh(name, memory.get(pattern) ?? (await learn(pattern)));
        }
      }
      return finish();
    },
    teach(others) {
      for (const { facts: given, asOf, conclusion } of others) {
        const { facts } = readFacts(ruleSet.vocabulary, JSON.parse(given), asOf);
        const pattern = facts && program.patternOf(facts);
        if (pattern && !memory.get(pattern))
          memory.add(
            pattern,
            sharedSaying(conclusion, () => JSON.parse(conclusion)),
          );
      }
    },
  };
}

/** Standings of sections serve patterns that are yet to be learnt; here, with several threads, memory is short. */
function trim({ sections }: Program): void {
  for (const { memory } of Object.values(sections)) if (memory.size > STANDINGS_KEPT) memory.clear();
}

/** Why a case that the payment list would take is not paid; empty where it is. */
function whyUnpayable({ conclusion }: Saying, amount: Decision['amount']): string {
  if (conclusion.said.missingFacts.length > 0) return '足りない事実がある';
  if (amount === null || amount.yen === null || !amount.final) return '補償額が確定していない';
  return amount.yen < 1 ? '補償額が1円に満たない' : '';
}
