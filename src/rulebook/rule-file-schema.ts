/** The shape of a rule file. Conditions and values inside rules are parsed by hand (`conditions.ts`). */
import { z } from 'zod';
import { LINES } from './line-range.ts';
import { idSchema, named } from './shape.ts';
import { localVocabularySchema } from './vocabulary-schema.ts';

const text = z.string().min(1);
const clause = z
  .union([text, z.array(text).min(1)])
  .describe('根拠となる告知の条項（clauses に書いた名前）。複数なら [ ] で並べる');
const ids = z.array(text);
const label = text.describe('日本語の見出し');
/** What cannot be read is told later, of files alone: earlier programs passed over it. */
const lines = z.union([z.int(), text.meta({ pattern: LINES.source })]);

/** Left to `conditions.ts`; the editor's schema for them is added in `json-schema.ts`. */
const conditionSchema = z.unknown().meta({ id: 'condition' });
const momentSchema = z.unknown().meta({ id: 'moment' });
const expressionSchema = z.unknown().meta({ id: 'expression' });
const cellsSchema = z.unknown().meta({ id: 'cells' });

const wordFile = idSchema.meta({ id: 'wordFile' });

const shownWith = ids.optional().describe('一緒に見せる手順（nextSteps の名前）');

const deadline = named(
  'deadline',
  '期限または期間。日付だけならその日いっぱい、分まで書けばその分いっぱいを含む',
  {
    label,
    clause,
    from: momentSchema.optional(),
    until: momentSchema.optional(),
    text: text.optional().describe('日付の代わりに見せる文（「4月上旬以降」など）'),
    approximate: z.boolean().optional().describe('true：おおよその時期。期限としては扱わない'),
    postmark: z.boolean().optional().describe('true：消印有効'),
    ifClosed: z
      .enum(['nextOpenDay', 'previousOpenDay', '翌営業日', '前営業日'])
      .optional()
      .describe('最後の日に窓口が休みのとき：翌営業日（nextOpenDay）か前営業日（previousOpenDay）まで'),
    enquiries: z.boolean().optional().describe('true：この期限までに窓口へ聞ける最後の時刻も見せる'),
  },
);

const itemList = named('itemList', '名前の付いた一覧', {
  label: label.optional(),
  clause: clause.optional(),
  items: z.record(idSchema, text).describe('名前（英数字）と日本語'),
});

const hours = named('hours', '受付時間', {
  from: momentSchema.optional(),
  until: momentSchema.optional(),
  days: z
    .array(z.enum(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']))
    .min(1)
    .describe('受け付ける曜日'),
  holidays: z.enum(['open', 'closed']).describe('国民の祝日に受け付けるか'),
  open: text.describe('受付開始（例：10:00）'),
  close: text.describe('受付終了（例：18:00。この時刻は含まない）'),
});

const contact = named('contact', 'お問い合わせ先', {
  id: idSchema.describe('窓口の名前（英数字）'),
  name: text.describe('窓口の日本語の名前'),
  tel: text.describe('電話番号（告知の書き方のまま、半角の数字で）'),
  clause,
  hoursText: text.describe('受付時間を告知の書き方のまま'),
  hours: z.array(hours).min(1).describe('受付時間。先に当てはまるものを使う'),
});

const ruleBase = {
  id: idSchema.describe('この区分の中で重ならない名前'),
  clause: clause.optional(),
  when: conditionSchema.optional(),
};
const request = z.strictObject({
  list: text.describe('一覧の名前（information か lists）'),
  missingFrom: text.optional().describe('そろったものを答える事実（set）。まだ無いものだけを案内する'),
  only: ids.min(1).optional().describe('一覧のうち、案内するもの'),
});
const bundled = {
  nextSteps: ids.optional().describe('次にすること（語彙の nextSteps の名前）'),
  deadlines: ids.optional().describe('知らせる期限（deadlines の名前）'),
  requiredInformation: z
    .union([text, request])
    .optional()
    .describe(
      '用意する情報（一覧の名前）。missingFrom を付けると、まだ無いものだけ。only を付けると、そのものだけ',
    ),
};
const bundle = named('bundle', '案内のまとまり：次にすること、期限、用意する情報', bundled);
const guidance = {
  ...bundled,
  guide: z
    .union([text, ids.min(1)])
    .optional()
    .describe('案内のまとまり（guidance の名前）。ここに書いたものは、その後に加わる'),
};

const category = named('category', '対象の区分。当てはまるものすべて', { ...ruleBase, label, clause });
const table = named('table', '金額の表：一つから三つの事実の値ごとの額', {
  label,
  clause: clause.optional(),
  by: z
    .union([text, z.array(text).min(1).max(3)])
    .describe('行、列、（三つなら）表を分ける事実の名前。この順に cells を書く'),
  cells: cellsSchema.describe(
    '事実の値ごとの金額（例：total: { purchase: 200万円, rent: 50万円 }）。「24以上」のような比べ方も書ける',
  ),
});

const attachedAssumption = named('attachedAssumption', 'この状態になる回答に必ず示す解釈', {
  id: idSchema.describe('assumptions と合わせて重ならない名前'),
  clause: clause.optional(),
  text: text.describe('回答に示す文'),
});
const stateBase = {
  ...ruleBase,
  concludes: text.optional().describe('結論となる状態の名前（省くと id と同じ）'),
  label: label.optional(),
  ...guidance,
  assumes: z
    .union([attachedAssumption, z.array(attachedAssumption).min(1)])
    .optional()
    .describe('告知に書かれていないことへの解釈で、この状態だけのもの。clause を省くと、状態と同じ'),
};
const state = named(
  'state',
  '上から順に見て、最初に当てはまるもの。最後の一つには when を書かない',
  stateBase,
);
const claimState = named(
  'claimState',
  '上から順に見て、最初に当てはまるもの。最後の一つには when を書かない',
  {
    ...stateBase,
    outcome: text
      .optional()
      .describe('この状態の結論。outcome の条件に当てはまるものがあれば、そちらが先になる'),
  },
);
const amountOf = {
  yen: expressionSchema.optional().describe('金額。null は告知から決まらないこと'),
  table: text.optional().describe('金額の表（tables の名前）。yen の代わりに書く'),
  value: expressionSchema
    .optional()
    .describe('お金でないものの量（yen の代わりに、unit と一緒に書く）。null は告知から決まらないこと'),
  unit: text.optional().describe('value の単位（GB、ポイント、日など）'),
  final: z.boolean().describe('true：確定額'),
};
const ownAmount = named('ownAmount', 'この補償の額。この補償を受けられる方だけのもの', {
  id: idSchema.optional().describe('額がいくつもあるときの名前。省くと補償の id と同じ'),
  clause: clause.optional(),
  when: conditionSchema.optional(),
  label: label.optional(),
  ...amountOf,
});
const remedy = named('remedy', '補償の内容。当てはまるものすべて', {
  ...ruleBase,
  label,
  clause,
  amount: z
    .union([ownAmount, z.array(ownAmount).min(1)])
    .optional()
    .describe(
      'この補償の額。いくつも書けば、上から順に見て、最初に当てはまるもの。全体の額は、受けられる補償の額の合計',
    ),
  brands: z
    .union([z.literal('all'), ids.min(1)])
    .optional()
    .describe('選べる交換先。all はすべて'),
  excludes: ids.min(1).optional().describe('一緒には受けられない補償（remedies の id）'),
});
const advice = named('advice', '状態の案内に付け加えるもの。当てはまるものすべて', {
  ...ruleBase,
  label: label.optional(),
  ...guidance,
});
const amount = named('amount', '全体の補償額。上から順に見て、最初に当てはまるもの', {
  ...ruleBase,
  label: label.optional(),
  ...amountOf,
});
const declaredState = named('declaredState', 'このルールの状態の一つ', {
  label: text.describe('状態の日本語の呼び名'),
  values: z.record(idSchema, text).describe('なりうる状態の名前（英数字）と日本語'),
  rules: z
    .array(state)
    .min(1)
    .describe('上から順に見て、最初に当てはまるもの。最後の一つには when を書かない'),
});
const claim = named('claim', '別々に申請するものの一つ', {
  label: text.describe('請求の日本語の呼び名'),
  clause: clause.optional(),
  remedies: ids.min(1).describe('この請求で受ける補償（remedies の id）'),
  state: z
    .array(claimState)
    .min(1)
    .describe(
      'この請求の状態（語彙の claimStates の名前）。上から順に見て、最初に当てはまるもの。最後の一つには when を書かない',
    ),
});
/** Of a state or a claim. */
const declaredId = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9_-]*$/)
  .describe('英数字と「-」「_」で書く名前');
const assumption = named('assumption', '告知に書かれていないことへの解釈。当てはまれば回答に必ず示す', {
  ...ruleBase,
  text: text.describe('回答に示す文'),
});
const contradiction = named('contradiction', '同時に成り立たない事実。当てはまれば他は何も結論しない', {
  ...ruleBase,
  label,
  clause,
  facts: ids.min(1).describe('食い違う事実の名前。答えで、確かめてもらう'),
  when: conditionSchema,
});

const acceptance = named('acceptance', 'このままでよい指摘', {
  finding: text.describe('指摘の名前（例：overlap）'),
  about: ids.min(1).describe('何についての指摘か（指摘に示された名前）'),
  reason: text.describe('このままでよい理由'),
});

const notice = z.strictObject({
  issuer: text.describe('告知を出した者'),
  title: text.describe('告知の題名'),
  published: text.describe('公表日'),
  revised: z.array(text).optional().describe('追記日'),
  url: text.optional().describe('告知の URL'),
  textHash: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .optional()
    .describe('このファイルがもとにした告知の文（.notice.txt）の SHA-256（16進数64桁）'),
  nothingToDecide: z
    .array(lines)
    .optional()
    .describe('決めることを含まない告知の行（見出し、あいさつなど）。例：[13, 21-23]'),
});
const quotation = z.strictObject({
  lines: lines.describe('告知の行（29 または 42-44）'),
  text: text.describe('告知の文そのもの。途中を省いたところは …'),
});
const unit = text.describe('単位（円、%、時間、分、日、人、か月、件など）');
const namedValue = z.strictObject({
  value: z.number().describe('整数（円、件など）。単位が % のときは小数も書ける'),
  unit: unit.optional(),
  label,
  clause: clause.optional(),
});
const derivedNumber = named(
  'derivedNumber',
  '名前の付いた計算。金額や条件の中で { number: 名前 } と書いて使う',
  {
    label,
    unit: unit.optional(),
    clause: clause.optional(),
    is: expressionSchema.describe('計算のしかた'),
  },
);
const site = z.strictObject({ url: text.describe('サイトの URL'), label, clause, nextSteps: shownWith });
const sender = z.strictObject({
  address: text.describe('アドレスか電話番号'),
  label,
  clause,
  nextSteps: shownWith,
});

export const ruleFileSchema = z
  .strictObject({
    prefecture: idSchema.describe('都道府県（フォルダー名と同じ）'),
    incident: idSchema.describe('インシデント（ファイル名と同じ）'),
    status: z
      .literal('draft')
      .optional()
      .describe('draft：下書き。調べて試せるが、サービスは使わない。使い始めるときに、この行を消す'),
    title: text.describe('題名'),
    timeZone: text.describe('日付と時刻の時間帯（例：Asia/Tokyo）'),
    source: notice.describe('元になった告知'),
    clauses: z.record(idSchema, quotation).describe('告知の条項：行番号と引用'),
    deadlines: z.record(idSchema, deadline).describe('期限と期間。日付の早い順に、日付はここだけに書く'),
    brands: z.record(idSchema, text).optional().describe('選べる交換先'),
    values: z.record(idSchema, namedValue).optional().describe('名前の付いた金額や数'),
    tables: z
      .record(idSchema, table)
      .optional()
      .describe('金額の表。補償額（amount）から table: 名前 で使う'),
    numbers: z.record(idSchema, derivedNumber).optional().describe('事実などから計算する、名前の付いた数'),
    senders: z.record(idSchema, sender).optional().describe('案内の送信元（問い合わせ先ではない）'),
    sites: z.record(idSchema, site).optional().describe('申請などのサイト'),
    information: z.record(idSchema, itemList).optional().describe('申請や問い合わせに要る情報'),
    lists: z.record(idSchema, itemList).optional().describe('条件で使う一覧'),
    contact: contact.optional(),
    guidance: z
      .record(idSchema, bundle)
      .optional()
      .describe('いくつもの規則で同じ案内に名前を付けて、一度だけ書く。規則からは guide: 名前 で使う'),
    uses: z
      .array(wordFile)
      .min(1)
      .optional()
      .describe('使う言葉のファイル（words/ にあるもの）。後のものが前のものを言い換える'),
    vocabulary: localVocabularySchema.optional(),
    conditions: z.record(idSchema, conditionSchema).optional().describe('名前を付けて一度だけ書く条件'),
    contradictions: z.array(contradiction).optional(),
    eligibility: z.array(category).min(1).describe('補償の対象。当てはまるものすべて'),
    voucherState: z.array(state).min(1).optional().describe('クーポンの状態（語彙の voucherStates の名前）'),
    states: z
      .record(declaredId, declaredState)
      .optional()
      .describe('このルールが自分で名付ける状態。条件では states.名前 で見る'),
    claimState: z
      .array(claimState)
      .min(1)
      .optional()
      .describe('請求の状態（語彙の claimStates の名前）。請求がいくつもあるときは、代わりに claims に書く'),
    claims: z
      .record(declaredId, claim)
      .optional()
      .describe(
        '別々に申請するものがいくつもあるときの、それぞれの請求。条件では claims.名前 で状態を見る。結論は outcome に書く',
      ),
    outcome: z.array(state).min(1).describe('結論'),
    remedies: z.array(remedy).min(1).describe('補償の内容'),
    advice: z.array(advice).optional().describe('付け加える案内'),
    amount: z.array(amount).optional().describe('補償額'),
    assumptions: z.array(assumption).optional().describe('告知にないことへの解釈'),
    accepted: z
      .array(acceptance)
      .optional()
      .describe('hosho check や hosho test --mutate の指摘のうち、このままでよいもの。理由を必ず書く'),
  })
  .meta({ title: '補償ルール', description: '一つの都道府県の一つのインシデントについての補償のルール' });

export type RuleFile = z.infer<typeof ruleFileSchema>;

/** Every structural key of the format, to suggest the nearest one. */
export const RULE_FILE_KEYS: readonly string[] = [
  ...[
    ruleFileSchema,
    deadline,
    itemList,
    hours,
    contact,
    bundle,
    category,
    claimState,
    remedy,
    advice,
    claim,
  ],
  ...[
    amount,
    declaredState,
    table,
    attachedAssumption,
    assumption,
    contradiction,
    acceptance,
    notice,
    sender,
    quotation,
    namedValue,
    derivedNumber,
    request,
  ],
].flatMap(({ shape }) => Object.keys(shape));
