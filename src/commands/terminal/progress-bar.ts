/** How far a run has come. Shown on a terminal, silent elsewhere. */
import cliProgress from 'cli-progress';
import type { LocalizedText } from '../../rulebook/lang.ts';
import { type Io, number } from './io.ts';

const BAR: LocalizedText = {
  ja: '{bar} {percentage}%  {cases}件  毎秒{rate}件  残り {eta_formatted}',
  en: '{bar} {percentage}%  {cases} cases  {rate} a second  {eta_formatted} left',
};
const COUNT: LocalizedText = {
  ja: '{bar} {value}／{total}  残り {eta_formatted}',
  en: '{bar} {value}/{total}  {eta_formatted} left',
};

/** In bytes and cases, how fast, and how long it will take yet. `now` in epoch milliseconds. */
export function progressBar({ lang }: Io, now: () => number) {
  // Interrupting is for the run to hear of: it ends the bar.
  const bar = new cliProgress.SingleBar(
    { format: BAR[lang], stream: process.stderr, gracefulExit: false, hideCursor: null, etaBuffer: 50 },
    cliProgress.Presets.shades_classic,
  );
  // A run that was taken up is measured from there.
  let first: { at: number; cases: number } | null = null;
  return {
    /** Bytes of the input that are done, and all of them; cases that are done. */
    show(bytes: number, total: number, cases: number): void {
      if (!first) {
        first = { at: now(), cases };
        bar.start(total, bytes, { cases: number(cases), rate: '-' });
        return;
      }
      const seconds = (now() - first.at) / 1000;
      const rate = seconds > 0 ? number(Math.round((cases - first.cases) / seconds)) : '-';
      bar.update(bytes, { cases: number(cases), rate });
    },
    stop: () => bar.stop(),
  };
}

/** So many of so many. */
export function countBar({ lang }: Io, label: string) {
  const bar = new cliProgress.SingleBar(
    { format: `${label} ${COUNT[lang]}`, stream: process.stderr, hideCursor: null, clearOnComplete: true },
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
