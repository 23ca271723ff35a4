/** One version of a rule set, kept by content so that replay needs nothing but the database. */
export interface RuleSetVersion {
  /** sha256 (64 hex digits) over the rule file and the vocabulary. */
  version: string;
  prefecture: string;
  incident: string;
  /** Exact text of the rule file. */
  ruleText: string;
  /** Exact text of the vocabulary it was read with. */
  vocabularyText: string;
  /** git commit the file was read at; null outside a repository or with uncommitted changes. */
  commit: string | null;
}

/** JSON as text: written once, kept and answered to the byte. */
export type JsonText = string;

/** A decision to be logged. */
export interface DecisionRecord {
  /** UUIDv7. */
  id: string;
  prefecture: string;
  incident: string;
  version: string;
  asOf: Date;
  decidedAt: Date;
  reference: string | null;
  facts: JsonText;
  /** The body answered to the caller, whole. */
  answer: JsonText;
  /** hosho's own version. */
  engineVersion: string;
}

/** Makes a retry return the first answer. `requestHash` tells a retry from another request with the same key. */
export interface Idempotency {
  key: string;
  requestHash: string;
}

export type AppendResult = { kind: 'appended' } | EarlierUse;

export type EarlierUse =
  /** The key was used before with the same request: the first decision, nothing new was written. */
  | { kind: 'repeated'; first: DecisionRecord }
  /** The key was used before with another request: nothing was written. */
  | { kind: 'conflict' };

export interface PageOf {
  prefecture: string;
  incident: string;
  /** An id; null for the first page. */
  after: string | null;
  limit: number;
}

/** The append-only log. Every method rejects with StoreUnavailable when the database cannot be reached. */
export interface DecisionStore {
  /** 'postgres' or 'embedded'. */
  readonly kind: 'postgres' | 'embedded';
  /** Keeps the texts of versions; a version already kept is left as it is. All or none. */
  saveVersions(versions: readonly RuleSetVersion[]): Promise<void>;
  /** The one version of that rule set that begins with `prefix` (hex); null when none or several do. */
  findVersion(prefecture: string, incident: string, prefix: string): Promise<RuleSetVersion | null>;
  /** Resolves after the commit. The idempotency key and the decision are written in one transaction. */
  append(record: DecisionRecord, idempotency?: Idempotency): Promise<AppendResult>;
  /** For bulk runs: any number in one transaction, all or none. Resolves after the commit. */
  appendAll(records: readonly DecisionRecord[]): Promise<void>;
  find(id: string): Promise<DecisionRecord | null>;
  /** Those that there are, in no order. */
  findAll(ids: readonly string[]): Promise<DecisionRecord[]>;
  /** Of one rule set, a page in the order of their ids: those behind `after`, `limit` at most. */
  page(of: PageOf): Promise<DecisionRecord[]>;
  /** What `append` would say of a key that was used before; null for a new one. */
  findByKey(idempotency: Idempotency): Promise<EarlierUse | null>;
  /** Rejects when the database does not answer. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

export class StoreUnavailable extends Error {
  override readonly name = 'StoreUnavailable';
}

/** Two processes on one folder would lose decisions, so the second is refused. */
export class DataDirInUse extends Error {
  override readonly name = 'DataDirInUse';
  constructor(path: string) {
    super(
      `${path} is open in another process. Stop that process, or set DATA_DIR to another folder, ` +
        'or set DATABASE_URL to a Postgres server, which several processes can share.',
    );
  }
}
