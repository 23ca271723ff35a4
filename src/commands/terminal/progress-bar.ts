import cliProgress from 'cli-progress';
import type { Lang, LocalizedText } from '../../rulebook/lang.ts';
import { number } from './words.ts';

/** How far a run has come, how fast, and how long it will take yet. Shown on a terminal, silent elsewhere. */
export interface ProgressBar {
  /** Bytes of the input that are done, and all of them; cases that are done. */
  show(bytes: number, total: number, cases: number): void;
  stop(): void;
}

const BAR: LocalizedText = {
  ja: '{bar} {percentage}%  {cases}件  毎秒{rate}件  残り {eta_formatted}',
  en: '{bar} {percentage}%  {cases} cases  {rate} a second  {eta_formatted} left',
};
const COUNT: LocalizedText = {
  ja: '{bar} {value}／{total}  残り {eta_formatted}',
  en: '{bar} {value}/{total}  {eta_formatted} left',
};

/** `now` in epoch milliseconds. A run that was taken up is measured from there. */
export function progressBar(lang: Lang, stream: NodeJS.WritableStream, now: () => number): ProgressBar {
  // Interrupting is for the run to hear of: it ends the bar.
  const bar = new cliProgress.SingleBar(
    { format: BAR[lang], stream, gracefulExit: false, hideCursor: null, etaBuffer: 50 },
    cliProgress.Presets.shades_classic,
  );
  let first: { at: number; cases: number } | null = null;
  return {
    show(bytes, total, cases) {
      if (!first) {
        first = { at: now(), cases };
        bar.start(total, bytes, { cases: number(cases), rate: '-' });
        return;
      }
      const seconds = (now() - first.at) / 1000;
      bar.update(bytes, {
        cases: number(cases),
        rate: seconds > 0 ? number(Math.round((cases - first.cases) / seconds)) : '-',
      });
    },
    stop: () => bar.stop(),
  };
}

/** So many of so many; shown on a terminal, silent elsewhere. */
export function countBar(lang: Lang, stream: NodeJS.WritableStream, label: string) {
  const format = `${label} ${COUNT[lang]}`;
  const bar = new cliProgress.SingleBar(
    { format, stream, hideCursor: null, clearOnComplete: true },
    cliProgress.Presets.shades_classic,
  );
  return {
    show(done: number, total: number): void {
      if (bar.isActive) bar.update(done);
      else bar.start(total, done);
    },
    stop: () => bar.stop(),
  };
}
