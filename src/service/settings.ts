import { resolve } from 'node:path';
import envPaths from 'env-paths';
import { z } from 'zod';
import { normalPublicKey, readSigningKey } from '../audit/keys.ts';
import { readHost } from '../http/hosts.ts';
import type { Lang, LocalizedText } from '../rulebook/lang.ts';

const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
const MOST_WORKERS = 128;

const NOT_ONE: LocalizedText = { en: 'must be 1, or left out', ja: '1 と書くか、設定しないでください' };
const NOT_POSTGRES: LocalizedText = {
  en: 'must begin with postgres:// or postgresql://',
  ja: 'postgres:// か postgresql:// で始まる必要があります',
};
const NO_PRIVATE_KEY: LocalizedText = {
  en: 'is no Ed25519 private key; `hosho audit key` makes one',
  ja: 'Ed25519 の秘密鍵ではありません。鍵は hosho audit key で作れます',
};
const NO_PUBLIC_KEYS: LocalizedText = {
  en: 'must be Ed25519 public keys, a comma between them',
  ja: 'Ed25519 の公開鍵を、コンマで区切って書いてください',
};
const ONE_PROCESS: LocalizedText = {
  en: 'the embedded store serves one process. Set DATABASE_URL to a Postgres server, or leave WORKERS out',
  ja: '内蔵の記録は一つのプロセスでしか使えません。DATABASE_URL に Postgres のサーバーを設定するか、WORKERS を設定しないでください',
};

/** What zod itself finds wrong is told in the language of the call, too. */
function schemaIn(lang: Lang) {
  const readBy = <Value>(read: (text: string) => Value | null, wrong: (text: string) => LocalizedText) =>
    z.string().transform((text, context) => {
      const value = read(text);
      if (value === null) context.addIssue(wrong(text)[lang]);
      return value ?? z.NEVER;
    });
  const listOf = <Value>(one: z.ZodType<Value, string>) =>
    z
      .string()
      .transform((text) => text.split(','))
      .pipe(z.array(one));
  return z
    .object({
      PORT: z.coerce.number().int().min(0).max(65535).default(8080),
      HOST: z.string().min(1).default('127.0.0.1'),
      INSECURE_NO_KEYS: z.literal('1', { error: NOT_ONE[lang] }).optional(),
      ALLOWED_HOSTS: listOf(readBy((text) => readHost(text.trim()), notAHost)).default([]),
      RULES_DIR: z.string().min(1).default('./rules'),
      DATA_DIR: z.string().min(1).default('./data'),
      CACHE_DIR: z.string().min(1).optional(),
      DATABASE_URL: z
        .string()
        .regex(/^postgres(ql)?:\/\//, NOT_POSTGRES[lang])
        .optional(),
      LOG_LEVEL: z.enum(LOG_LEVELS).default('info'),
      AUDIT_KEY: readBy(readSigningKey, () => NO_PRIVATE_KEY).optional(),
      AUDIT_PUBLIC_KEY: listOf(readBy(normalPublicKey, () => NO_PUBLIC_KEYS)).optional(),
      WORKERS: z.coerce.number().int().min(1).max(MOST_WORKERS).default(1),
    })
    .refine(({ WORKERS, DATABASE_URL }) => WORKERS === 1 || DATABASE_URL !== undefined, {
      path: ['WORKERS'],
      message: ONE_PROCESS[lang],
    });
}

/** Of what was set in the environment, and so in both languages: when the service starts, nobody has said yet which to speak. */
export class BadSettings extends Error {
  override readonly name = 'BadSettings';
  readonly text: LocalizedText;
  constructor(text: LocalizedText) {
    super(`${text.en}\n${text.ja}`);
    this.text = text;
  }
}

export type Settings = ReturnType<typeof readSettings>;

/** Parses the environment once. Empty variables count as absent. Rejects with every problem at once. */
export function readSettings(environment: Record<string, string | undefined>) {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const { data: set, error } = schemaIn('en').safeParse(given);
  if (error) {
    const inJapanese = schemaIn('ja').safeParse(given, { error: z.locales.ja().localeError });
    throw new BadSettings({
      en: ['settings are wrong', ...problemsOf(error)].join('\n  '),
      ja: ['設定に誤りがあります', ...problemsOf(inJapanese.error)].join('\n  '),
    });
  }
  return {
    port: set.PORT,
    host: set.HOST,
    rulesDir: resolve(set.RULES_DIR),
    dataDir: resolve(set.DATA_DIR),
    /** Of what can be made again. By default where the system keeps such files. */
    cacheDir: resolve(set.CACHE_DIR ?? envPaths('hosho', { suffix: '' }).cache),
    databaseUrl: set.DATABASE_URL,
    /** Signs checkpoints and receipts. */
    auditKey: set.AUDIT_KEY,
    /** Those whose signatures are trusted; that of `auditKey`, where none are named. */
    auditPublicKeys: set.AUDIT_PUBLIC_KEY ?? (set.AUDIT_KEY ? [set.AUDIT_KEY.publicKey] : []),
    /** To listen beyond loopback, where everybody may then read every decision. */
    insecureNoKeys: set.INSECURE_NO_KEYS !== undefined,
    /** Hosts that are answered for besides loopback, as `readHost` writes them. */
    allowedHosts: set.ALLOWED_HOSTS,
    logLevel: set.LOG_LEVEL,
    /** Processes that share the port. */
    workers: set.WORKERS,
  };
}

/** By the variable alone, also where one of a list is wrong. */
const problemsOf = (error: z.ZodError | undefined): string[] =>
  (error?.issues ?? []).map(({ path: [name], message }) => `${String(name)}: ${message}`);

function notAHost(written: string): LocalizedText {
  const text = written.trim();
  const meant = hostMeantBy(text);
  const en = meant === null ? '' : ` Did you mean ${meant}?`;
  const ja = meant === null ? '' : `もしかして：${meant}。`;
  return {
    en: `"${text}" is no host name or address.${en} Write hosts with a comma between them, without https://, a port or *`,
    ja: `「${text}」はホスト名でもアドレスでもありません。${ja}https:// やポートや * を付けず、コンマで区切って書いてください`,
  };
}

/** The host in what looks like a URL, a host with its port, or a name in another script. */
function hostMeantBy(text: string): string | null {
  const url = text.includes('://') ? text : `http://${text}`;
  return URL.canParse(url) ? readHost(new URL(url).hostname) : null;
}
