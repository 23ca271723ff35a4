/** The shape of a rule file. Conditions and values inside rules are parsed by hand (`conditions.ts`). */
import { z } from 'zod';
import { idSchema, localVocabularySchema } from './vocabulary.ts';

const text = z.string().min(1);
const clause = z
  .union([text, z.array(text).min(1)])
  .meta({ description: '根拠となる告知の条項（clauses に書いた名前）。複数なら [ ] で並べる' });
const ids = z.array(text);
const label = text.meta({ description: '日本語の見出し' });

/** Left to `conditions.ts`; the editor's schema for them is added in `json-schema.ts`. */
const conditionSchema = z.unknown().meta({ id: 'condition' });
const momentSchema = z.unknown().meta({ id: 'moment' });
const expressionSchema = z.unknown().meta({ id: 'expression' });

const shownWith = ids.optional().meta({ description: '一緒に見せる手順（nextSteps の名前）' });

const deadline = z
  .strictObject({
    label,
    clause,
    from: momentSchema.optional(),
    until: momentSchema.optional(),
    text: text.optional().meta({ description: '日付の代わりに見せる文（「4月上旬以降」など）' }),
    approximate: z.boolean().optional().meta({ description: 'true：おおよその時期。期限としては扱わない' }),
    postmark: z.boolean().optional().meta({ description: 'true：消印有効' }),
    enquiries: z
      .boolean()
      .optional()
      .meta({ description: 'true：この期限までに窓口へ聞ける最後の時刻も見せる' }),
  })
  .meta({
    id: 'deadline',
    description: '期限または期間。日付だけならその日いっぱい、分まで書けばその分いっぱいを含む',
  });

const itemList = z
  .strictObject({ label: label.optional(), clause: clause.optional(), items: z.record(idSchema, text) })
  .meta({ id: 'itemList', description: '名前の付いた一覧' });

const hours = z
  .strictObject({
    from: momentSchema.optional(),
    until: momentSchema.optional(),
    days: z
      .array(z.enum(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']))
      .min(1)
      .meta({ description: '受け付ける曜日' }),
    holidays: z.enum(['open', 'closed']).meta({ description: '国民の祝日に受け付けるか' }),
    open: text.meta({ description: '受付開始（例：10:00）' }),
    close: text.meta({ description: '受付終了（例：18:00。この時刻は含まない）' }),
  })
  .meta({ id: 'hours', description: '受付時間' });

const contact = z
  .strictObject({
    id: idSchema,
    name: text,
    tel: text,
    clause,
    hoursText: text,
    hours: z.array(hours).min(1),
  })
  .meta({ id: 'contact', description: 'お問い合わせ先' });

const ruleBase = {
  id: idSchema.meta({ description: 'この区分の中で重ならない名前' }),
  clause: clause.optional(),
  when: conditionSchema.optional(),
};
const request = z.strictObject({ list: text, missingFrom: text.optional(), only: ids.min(1).optional() });
const guidance = {
  nextSteps: ids.optional().meta({ description: '次にすること（語彙の nextSteps の名前）' }),
  deadlines: ids.optional().meta({ description: '知らせる期限（deadlines の名前）' }),
  requiredInformation: z
    .union([text, z.strictObject({ list: text, missingFrom: text.optional(), only: ids.min(1).optional() })])
    .optional()
    .meta({
      description:
        '用意する情報（一覧の名前）。missingFrom を付けると、まだ無いものだけ。only を付けると、そのものだけ',
    }),
};

const category = z
  .strictObject({ ...ruleBase, label, clause })
  .meta({ id: 'category', description: '対象の区分。当てはまるものすべて' });
const state = z
  .strictObject({
    ...ruleBase,
    concludes: text.optional().meta({ description: '結論となる状態の名前（省くと id と同じ）' }),
    label: label.optional(),
    ...guidance,
  })
  .meta({ id: 'state', description: '上から順に見て、最初に当てはまるもの。最後の一つには when を書かない' });
const remedy = z
  .strictObject({
    ...ruleBase,
    label,
    clause,
    brands: z
      .union([z.literal('all'), ids.min(1)])
      .optional()
      .meta({ description: '選べる交換先。all はすべて' }),
    excludes: ids.min(1).optional().meta({ description: '一緒には受けられない補償（remedies の id）' }),
  })
  .meta({ id: 'remedy', description: '補償の内容。当てはまるものすべて' });
const advice = z
  .strictObject({ ...ruleBase, label: label.optional(), ...guidance })
  .meta({ id: 'advice', description: '状態の案内に付け加えるもの。当てはまるものすべて' });
const amount = z
  .strictObject({
    ...ruleBase,
    label: label.optional(),
    yen: expressionSchema.meta({ description: '金額。null は告知から決まらないこと' }),
    final: z.boolean().meta({ description: 'true：確定額' }),
  })
  .meta({ id: 'amount', description: '補償額。上から順に見て、最初に当てはまるもの' });
const assumption = z
  .strictObject({ ...ruleBase, text })
  .meta({ id: 'assumption', description: '告知に書かれていないことへの解釈。当てはまれば回答に必ず示す' });
const contradiction = z
  .strictObject({ ...ruleBase, label, clause, facts: ids.min(1), when: conditionSchema })
  .meta({ id: 'contradiction', description: '同時に成り立たない事実。当てはまれば他は何も結論しない' });

const acceptance = z
  .strictObject({
    finding: text.meta({ description: '指摘の名前（例：overlap）' }),
    about: ids.min(1).meta({ description: '何についての指摘か（指摘に示された名前）' }),
    reason: text.meta({ description: 'このままでよい理由' }),
  })
  .meta({ id: 'acceptance', description: 'このままでよい指摘' });

const notice = z.strictObject({
  issuer: text.meta({ description: '告知を出した者' }),
  title: text.meta({ description: '告知の題名' }),
  published: text.meta({ description: '公表日' }),
  revised: z.array(text).optional().meta({ description: '追記日' }),
  url: text.optional(),
});
const quotation = z.strictObject({ lines: z.union([z.int(), text]), text });
const namedValue = z.strictObject({ value: z.int(), label, clause: clause.optional() });
const sender = z.strictObject({ address: text, label, clause, nextSteps: shownWith });

export const ruleFileSchema = z
  .strictObject({
    prefecture: idSchema.meta({ description: '都道府県（フォルダー名と同じ）' }),
    incident: idSchema.meta({ description: 'インシデント（ファイル名と同じ）' }),
    title: text.meta({ description: '題名' }),
    timeZone: text.meta({ description: '日付と時刻の時間帯（例：Asia/Tokyo）' }),
    source: notice.meta({ description: '元になった告知' }),
    clauses: z.record(idSchema, quotation).meta({ description: '告知の条項：行番号と引用' }),
    deadlines: z
      .record(idSchema, deadline)
      .meta({ description: '期限と期間。日付の早い順に、日付はここだけに書く' }),
    brands: z.record(idSchema, text).optional().meta({ description: '選べる交換先' }),
    values: z.record(idSchema, namedValue).optional().meta({ description: '名前の付いた金額や数' }),
    senders: z
      .record(idSchema, sender)
      .optional()
      .meta({ description: '案内の送信元（問い合わせ先ではない）' }),
    sites: z
      .record(idSchema, z.strictObject({ url: text, label, clause, nextSteps: shownWith }))
      .optional()
      .meta({ description: '申請などのサイト' }),
    information: z.record(idSchema, itemList).optional().meta({ description: '申請や問い合わせに要る情報' }),
    lists: z.record(idSchema, itemList).optional().meta({ description: '条件で使う一覧' }),
    contact: contact.optional(),
    vocabulary: localVocabularySchema.optional(),
    conditions: z
      .record(idSchema, conditionSchema)
      .optional()
      .meta({ description: '名前を付けて一度だけ書く条件' }),
    contradictions: z.array(contradiction).optional(),
    eligibility: z.array(category).min(1).meta({ description: '補償の対象。当てはまるものすべて' }),
    voucherState: z.array(state).min(1).optional().meta({ description: 'クーポンの状態' }),
    claimState: z.array(state).min(1).meta({ description: '請求の状態' }),
    outcome: z.array(state).min(1).meta({ description: '結論' }),
    remedies: z.array(remedy).min(1).meta({ description: '補償の内容' }),
    advice: z.array(advice).optional().meta({ description: '付け加える案内' }),
    amount: z.array(amount).optional().meta({ description: '補償額' }),
    assumptions: z.array(assumption).optional().meta({ description: '告知にないことへの解釈' }),
    accepted: z.array(acceptance).optional().meta({
      description: 'hosho check や hosho test --mutate の指摘のうち、このままでよいもの。理由を必ず書く',
    }),
  })
  .meta({ title: '補償ルール', description: '一つの都道府県の一つのインシデントについての補償のルール' });

export type RuleFile = z.infer<typeof ruleFileSchema>;

/** Every structural key of the format, to suggest the nearest one. */
export const RULE_FILE_KEYS: readonly string[] = [
  ...[ruleFileSchema, deadline, itemList, hours, contact, category, state, remedy, advice, amount],
  ...[assumption, contradiction, acceptance, notice, sender, quotation, namedValue, request],
].flatMap(({ shape }) => Object.keys(shape));
