import type { LocalizedText } from '../rulebook/lang.ts';
import type {
  decisions,
  erasures,
  Hex,
  JsonText,
  paymentRunEnds,
  paymentRuns,
  payments,
  ruleSetVersions,
} from './schema.ts';

export type { Hex, JsonText };

type KeptVersion = typeof ruleSetVersions.$inferSelect;
/** One version of a rule set, kept by content so that replay needs nothing but the database. */
export type RuleSetVersion = Omit<KeptVersion, 'firstLoadedAt'>;

/** A version in the history of its rule set. */
export interface VersionHistory extends Omit<KeptVersion, 'ruleText' | 'vocabularyText'> {
  /**
   * When services answered by it, in order; `until` (exclusive) is when another version came, or the rule set was no longer
   * served, and null where they still do. None: never served.
   */
  current: { since: Date; until: Date | null }[];
}

/** What an erasure takes away: all three or none. */
export const ERASABLE = ['facts', 'answer', 'salt'] as const;
export type Erasable = (typeof ERASABLE)[number];

/** A row as a table, a file or a receipt has it. */
export type DecisionRow = typeof decisions.$inferSelect;

/** What makes the log tamper-evident; see seal.ts. */
export type Seal = Pick<DecisionRow, 'chain' | 'seq' | 'factsHash' | 'answerHash' | 'previous' | 'hash'>;

/** A decision in the log without what can be erased of it. */
export type DecisionColumns = Omit<DecisionRow, Erasable>;

/** A decision to be logged. `answer` is the body answered to the caller, whole. */
export type DecisionRecord = Omit<DecisionColumns, keyof Seal> & Record<'facts' | 'answer', JsonText>;

export type WholeDecision = DecisionColumns & Record<Erasable, string>;
export type ErasedDecision = DecisionColumns & Record<Erasable, null>;
/** A decision as it stands in the log. */
export type LoggedDecision = WholeDecision | ErasedDecision;

/** A row from which somebody took some of the three and left others, which nothing of this program does: it shows nothing. */
export type PartialDecision = DecisionRow & {
  /** Those that are not there: one or two. */
  missing: Erasable[];
};

/** What reading a row can give. */
export type StoredDecision = LoggedDecision | PartialDecision;

/** What a list shows of a decision. */
export interface DecisionSummary extends Omit<DecisionColumns, 'factsHash' | 'answerHash' | 'previous'> {
  isErased: boolean;
}

export type Erasure = typeof erasures.$inferSelect;

/** `archived`: in the files of months that were archived, so that only the erasure is kept here. */
export type WhichToErase = { reference: string } | { id: string } | { archived: readonly string[] };

/** Makes a retry return the first answer. `requestHash` tells a retry from another request with the same key. */
export interface Idempotency {
  key: string;
  requestHash: string;
}

export type AppendResult = { kind: 'appended' } | EarlierUse;

export type EarlierUse =
  /** The key was used before with the same request: the first answer, nothing new was written. */
  | { kind: 'repeated'; answer: JsonText }
  /** The key was used before with another request: nothing was written. */
  | { kind: 'conflict' }
  /** The key was used before, and the facts of that decision were erased since: nothing was written. */
  | { kind: 'erased' }
  /** The key was used before, and what is left of that decision may be anybody's: nothing was written. */
  | { kind: 'partial' };

/** What is asked for; all of it has to fit. Instants: from, inclusive, until, exclusive. */
export interface DecisionFilter {
  prefecture?: string | undefined;
  incident?: string | undefined;
  /** sha256 or the first digits of it. */
  version?: string | undefined;
  outcome?: string | undefined;
  category?: string | undefined;
  reference?: string | undefined;
  asOfFrom?: Date | undefined;
  asOfUntil?: Date | undefined;
  decidedFrom?: Date | undefined;
  decidedUntil?: Date | undefined;
}

export interface PageOf extends DecisionFilter {
  /** An id: what comes behind it in this order; null for the first page. */
  after: string | null;
  /** Of the ids, which are UUIDv7: the oldest or the newest first. */
  order: 'oldest' | 'newest';
  limit: number;
}

/** Of one chain: how many rows it has, and the hash of the last. */
export interface ChainHead {
  chain: string;
  count: number;
  head: Hex;
}

/** A month whose decisions are in a file, and no longer in the log. */
export interface ArchivedMonth {
  /** As 2030-01, in Japan. */
  month: string;
  archivedAt: Date;
  chains: ChainHead[];
}

/** Whether a rule set is served, as its last change says. */
export interface Serving {
  prefecture: string;
  incident: string;
  /** null where it is served. */
  noLongerSince: Date | null;
}

/** A bulk run that writes a list of payments. */
export type PaymentRun = typeof paymentRuns.$inferSelect;
/** A line of such a list. */
export type Payment = Omit<typeof payments.$inferSelect, 'run'>;
export type PaymentRunEnd = Omit<typeof paymentRunEnds.$inferSelect, 'endedBy'>;

/** A payment of another run of the same rule set, which was not revoked. */
export interface EarlierPayment extends Payment, Pick<PaymentRun, 'startedAt' | 'input'> {
  run: string;
  /** Whether that run came to its end. */
  isFinished: boolean;
}

export interface PaymentRunSummary extends PaymentRun {
  payments: number;
  finishedAt: Date | null;
  revokedAt: Date | null;
}

/** The append-only log. Every method rejects with StoreUnavailable when the database cannot be reached. */
export interface DecisionStore {
  readonly kind: 'postgres' | 'embedded';
  /**
   * Keeps versions. The texts of one already kept are left as they are, its commit is added where it had none. With
   * `currentSince`, they are what services answer by from then on. All or none.
   */
  saveVersions(versions: readonly RuleSetVersion[], currentSince?: Date): Promise<void>;
  /** The one version of that rule set that begins with `prefix` (hex); null when none or several do. */
  findVersion(prefecture: string, incident: string, prefix: string): Promise<RuleSetVersion | null>;
  /** The version that was answered by at an instant; null where there was none yet. */
  findVersionAt(prefecture: string, incident: string, knownAt: Date): Promise<RuleSetVersion | null>;
  /** Every version of a rule set, the newest first. */
  versionsOf(prefecture: string, incident: string): Promise<VersionHistory[]>;
  /** Of every rule set that was ever served. */
  servingOf(): Promise<Serving[]>;
  /** These are no longer served from then on; nothing where they were not. */
  endServing(ruleSets: readonly Pick<Serving, 'prefecture' | 'incident'>[], since: Date): Promise<void>;
  /** Nothing where it was started before. Its version is saved. */
  startPaymentRun(run: PaymentRun): Promise<void>;
  /**
   * Before they are written to the list; those that a run has added already are passed over. All or none: rejects with
   * PaidElsewhere where another run of the rule set has one of the references, whatever its lines say by now, or the run itself
   * was revoked.
   */
  addPayments(run: string, of: readonly Payment[]): Promise<void>;
  /** False where there is no such run; the first end of a kind stays. */
  endPaymentRun(end: PaymentRunEnd): Promise<boolean>;
  /** Of runs but this one: of each reference the first. */
  earlierPayments(run: PaymentRun, references: readonly string[]): Promise<EarlierPayment[]>;
  /** The newest first. */
  paymentRunsOf(prefecture: string, incident: string): Promise<PaymentRunSummary[]>;
  /** On how many lists, of whatever rule set, a reference is. */
  countPayments(reference: string): Promise<number>;
  /** Resolves after the commit. The idempotency key and the decision are written in one transaction. */
  append(record: DecisionRecord, idempotency?: Idempotency): Promise<AppendResult>;
  /** For bulk runs: any number in one transaction, all or none. Resolves after the commit. */
  appendAll(records: readonly DecisionRecord[]): Promise<void>;
  find(id: string): Promise<StoredDecision | null>;
  /** Those that there are, in no order. */
  findAll(ids: readonly string[]): Promise<StoredDecision[]>;
  /** `limit` at most. */
  page(of: PageOf): Promise<StoredDecision[]>;
  /** The same without facts and answers. */
  list(of: PageOf): Promise<DecisionSummary[]>;
  count(filter: DecisionFilter): Promise<number>;
  /** What `append` would say of a key that was used before; null for a new one. */
  findByKey(idempotency: Idempotency): Promise<EarlierUse | null>;
  /** What was erased of these decisions; those that were not are left out. */
  findErasures(ids: readonly string[]): Promise<Erasure[]>;
  /**
   * Erases facts and answers for good, of all decisions with that reference or that id, and what could be guessed back from
   * hashes; the seals stay. The ids of those that were not erased before. Needs the role hosho_eraser.
   */
  erase(which: WhichToErase, of: { at: Date; reason: string | null }): Promise<string[]>;
  /** Every chain of decisions that fit, with the rows that it has: fewer than its count where some are missing. */
  chainHeads(filter?: DecisionFilter): Promise<(ChainHead & { rows: number })[]>;
  /** Of one chain, in order: those behind `seq`, `limit` at most. */
  chainPage(chain: string, seq: number, limit: number): Promise<StoredDecision[]>;
  archivedMonths(): Promise<ArchivedMonth[]>;
  /**
   * Takes a month out of the log, which then refuses more of it, and keeps its partition as a table of its own or drops it. False
   * where its chains are not these: something was added meanwhile, and nothing was done. For the owner of the tables.
   */
  detachMonth(month: ArchivedMonth, options: { drop: boolean }): Promise<boolean>;
  /** Rejects when the database does not answer. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

/** Told in both languages; the message, which is logged, is the English one. */
export class StoreError extends Error {
  readonly #ja: string;
  constructor({ ja, en }: LocalizedText) {
    super(en);
    this.#ja = ja;
  }
  /** No property: those of an error are logged with it. */
  get text(): LocalizedText {
    return { ja: this.#ja, en: this.message };
  }
}

export class StoreUnavailable extends StoreError {
  override readonly name = 'StoreUnavailable';
}

/** Two runs would pay the same. */
export class PaidElsewhere extends StoreError {
  override readonly name = 'PaidElsewhere';
}

/** The database took the statement and said no: nothing of it was written. */
export class StoreRefusal extends StoreError {
  override readonly name = 'StoreRefusal';
  /** SQLSTATE. */
  readonly code: string;
  constructor(code: string, message: string) {
    const told = `${code}: ${message}`;
    super({ ja: `判定の記録に断られました：${told}`, en: `the decision store refused: ${told}` });
    this.code = code;
  }
}

/** Two processes on one folder would lose decisions, so the second is refused. */
export class DataDirInUse extends StoreError {
  override readonly name = 'DataDirInUse';
  constructor(path: string) {
    super({
      ja: `${path} は別のプロセスが使っています。そのプロセスを止めるか、DATA_DIR に別のフォルダーを書くか、いくつものプロセスで使える Postgres のサーバーを DATABASE_URL に書いてください。`,
      en: `${path} is open in another process. Stop that process, or set DATA_DIR to another folder, or set DATABASE_URL to a Postgres server, which several processes can share.`,
    });
  }
}
