import type { NotReplayable, Replay } from '../../audit/replay.ts';
import type { LocalizedText } from '../../rulebook/lang.ts';
import type { Io } from '../terminal/io.ts';

export const REASONS: Record<NotReplayable['reason'], LocalizedText> = {
  erased: { ja: '事実が消去されています', en: 'the facts were erased' },
  partial: {
    ja: '事実・回答・ソルトの一部だけが残っています（消去の形ではありません）',
    en: 'only some of facts, answer and salt are there, which no erasure leaves',
  },
  'no-version': { ja: 'ルールの版が残っていません', en: 'the version of the rules is not there' },
  'unreadable-version': {
    ja: '今のプログラムではルールの版を読めません',
    en: 'this program cannot read the version of the rules',
  },
  'unreadable-facts': { ja: '今のプログラムでは事実を読めません', en: 'this program cannot read the facts' },
  'unreadable-answer': {
    ja: '今のプログラムでは記録された回答を読めません',
    en: 'this program cannot read the logged answer',
  },
  disagreement: {
    ja: '今のプログラムは、判定の元になる規則の真偽を二通りに求めて食い違いました（プログラムの誤りです）',
    en: 'json-rules-engine and the walk over the conditions disagree, which is a fault of this program',
  },
};

const RESULTS = {
  same: { ja: 'もう一度判定しても同じ回答です', en: 'Replayed, the answer is the same' },
  changed: { ja: 'もう一度判定すると回答が変わります', en: 'Replayed, the answer is another' },
  'not-replayable': { ja: 'もう一度判定できません', en: 'Cannot be replayed' },
} satisfies Record<Replay['result'], LocalizedText>;

const SHOWN = 20;

/** Lines of text. */
export function replayText(io: Io, replay: Replay): string[] {
  const code = 'reason' in replay ? `${replay.result}: ${replay.reason}` : replay.result;
  const said = `${RESULTS[replay.result][io.lang]} ${io.dim(`(${code})`)}`;
  switch (replay.result) {
    case 'same':
      return [`${io.green('✓')} ${said}`];
    case 'changed':
      return [
        `${io.red('✗')} ${said}`,
        ...replay.differences
          .slice(0, SHOWN)
          .flatMap(({ pointer, logged, replayed }) => [
            `    ${pointer}`,
            ...(logged === undefined ? [] : [io.red(`      - ${JSON.stringify(logged)}`)]),
            ...(replayed === undefined ? [] : [io.green(`      + ${JSON.stringify(replayed)}`)]),
          ]),
        ...(replay.differences.length > SHOWN ? [`    … ${replay.differences.length - SHOWN}`] : []),
      ];
    case 'not-replayable': {
      const why = whyNot(replay)?.[io.lang];
      return [
        `${io.yellow('－')} ${said}`,
        `  ${REASONS[replay.reason][io.lang]}${why === undefined ? '' : `: ${why}`}`,
      ];
    }
  }
}

/** What the program says of the version or of the facts. */
function whyNot(replay: NotReplayable): LocalizedText | null {
  if (replay.reason === 'disagreement') {
    const rules = replay.disagreements.map(({ rule }) => rule).join(', ');
    return { ja: rules, en: rules };
  }
  const [problem] = 'problems' in replay ? replay.problems : [];
  if (!problem) return null;
  return 'message' in problem
    ? { ja: problem.message, en: problem.messageEn }
    : { ja: problem.detailJa, en: problem.detail };
}
