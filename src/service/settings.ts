import { resolve } from 'node:path';
import { z } from 'zod';
import { normalPublicKey, readSigningKey, type SigningKey } from '../audit/keys.ts';
import { readHost } from '../http/hosts.ts';
import type { Lang, LocalizedText } from '../rulebook/lang.ts';

const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
const MOST_WORKERS = 128;

/** What zod itself finds wrong is told in the language of the call, too. */
const schemaIn = (lang: Lang) =>
  z
    .object({
      PORT: z.coerce.number().int().min(0).max(65535).default(8080),
      HOST: z.string().min(1).default('127.0.0.1'),
      INSECURE_NO_KEYS: z
        .literal('1', {
          error: { en: 'must be 1, or left out', ja: '1 と書くか、設定しないでください' }[lang],
        })
        .optional(),
      ALLOWED_HOSTS: z
        .string()
        .transform((text, context) =>
          text.split(',').map((one) => {
            const host = readHost(one.trim());
            if (host === null) context.addIssue(notAHost(one.trim())[lang]);
            return host ?? z.NEVER;
          }),
        )
        .optional(),
      RULES_DIR: z.string().min(1).default('./rules'),
      DATA_DIR: z.string().min(1).default('./data'),
      DATABASE_URL: z
        .string()
        .regex(
          /^postgres(ql)?:\/\//,
          {
            en: 'must begin with postgres:// or postgresql://',
            ja: 'postgres:// か postgresql:// で始まる必要があります',
          }[lang],
        )
        .optional(),
      LOG_LEVEL: z.enum(LOG_LEVELS).default('info'),
      AUDIT_KEY: z
        .string()
        .transform((text, context) => {
          const key = readSigningKey(text);
          if (!key)
            context.addIssue(
              {
                en: 'is no Ed25519 private key; `hosho audit key` makes one',
                ja: 'Ed25519 の秘密鍵ではありません。鍵は hosho audit key で作れます',
              }[lang],
            );
          return key ?? z.NEVER;
        })
        .optional(),
      AUDIT_PUBLIC_KEY: z
        .string()
        .transform((text, context) =>
          text.split(',').map((one) => {
            const key = normalPublicKey(one);
            if (!key)
              context.addIssue(
                {
                  en: 'must be Ed25519 public keys, a comma between them',
                  ja: 'Ed25519 の公開鍵を、コンマで区切って書いてください',
                }[lang],
              );
            return key ?? z.NEVER;
          }),
        )
        .optional(),
      WORKERS: z.coerce.number().int().min(1).max(MOST_WORKERS).default(1),
    })
    .refine(({ WORKERS, DATABASE_URL }) => WORKERS === 1 || DATABASE_URL !== undefined, {
      path: ['WORKERS'],
      message: {
        en: 'the embedded store serves one process. Set DATABASE_URL to a Postgres server, or leave WORKERS out',
        ja: '内蔵の記録は一つのプロセスでしか使えません。DATABASE_URL に Postgres のサーバーを設定するか、WORKERS を設定しないでください',
      }[lang],
    });

export interface Settings {
  port: number;
  host: string;
  rulesDir: string;
  dataDir: string;
  databaseUrl: string | undefined;
  /** Signs checkpoints and receipts. */
  auditKey: SigningKey | undefined;
  /** Those whose signatures are trusted; that of `auditKey`, where none are named. */
  auditPublicKeys: string[];
  /** To listen beyond loopback, where everybody may then read every decision. */
  insecureNoKeys: boolean;
  /** Hosts that are answered for besides loopback, as `readHost` writes them. */
  allowedHosts: string[];
  logLevel: (typeof LOG_LEVELS)[number];
  /** Processes that share the port. */
  workers: number;
}

export class BadSettings extends Error {
  override readonly name = 'BadSettings';
  readonly text: LocalizedText;
  /** Its message has both languages: when the service starts, nobody has said yet which to speak. */
  constructor(text: LocalizedText) {
    super(`${text.en}\n${text.ja}`);
    this.text = text;
  }
}

/** Parses the environment once. Empty variables count as absent. Rejects with every problem at once. */
export function readSettings(environment: Record<string, string | undefined>): Settings {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const result = schemaIn('en').safeParse(given);
  if (!result.success) {
    const inJapanese = schemaIn('ja').safeParse(given, { error: z.locales.ja().localeError });
    throw new BadSettings({
      en: ['settings are wrong', ...problemsOf(result)].join('\n  '),
      ja: ['設定に誤りがあります', ...problemsOf(inJapanese)].join('\n  '),
    });
  }
  const s = result.data;
  return {
    port: s.PORT,
    host: s.HOST,
    rulesDir: resolve(s.RULES_DIR),
    dataDir: resolve(s.DATA_DIR),
    databaseUrl: s.DATABASE_URL,
    auditKey: s.AUDIT_KEY,
    auditPublicKeys: s.AUDIT_PUBLIC_KEY ?? (s.AUDIT_KEY ? [s.AUDIT_KEY.publicKey] : []),
    insecureNoKeys: s.INSECURE_NO_KEYS !== undefined,
    allowedHosts: s.ALLOWED_HOSTS ?? [],
    logLevel: s.LOG_LEVEL,
    workers: s.WORKERS,
  };
}

const problemsOf = ({ error }: { error?: z.ZodError }): string[] =>
  (error?.issues ?? []).map(({ path, message }) => `${path.join('.')}: ${message}`);

function notAHost(text: string): LocalizedText {
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
