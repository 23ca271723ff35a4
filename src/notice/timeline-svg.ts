import { Markup, markup } from './page.ts';
import type { Bar, Lane, Timeline } from './timeline.ts';
import { shortened } from './timeline-text.ts';

/** All in the units of the picture. */
const WIDTH = 720;
const HEAD = 58;
const LANE = 30;
const ROW = 38;

/** The picture as one SVG element, for a page or, with its namespace, for a file. A text stands beside every bar. */
export function timelineSvg({ title, shown, months, published, lanes }: Timeline): Markup {
  const x = (instant: number): string =>
    Math.min(WIDTH, Math.max(0, ((instant - shown.start) / (shown.end - shown.start)) * WIDTH)).toFixed(1);
  const rows = lanes.map((lane, i) => ({ lane, top: topOf(lanes, i) }));
  const height = topOf(lanes, lanes.length) + 12;
  const line = (at: number, kind: string): Markup =>
    markup`<line class="${kind}" x1="${x(at)}" y1="44" x2="${x(at)}" y2="${height}"/>`;
  return markup`<svg xmlns="http://www.w3.org/2000/svg" xml:lang="ja" lang="ja" role="img" aria-labelledby="timeline-title timeline-text" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}">
<title id="timeline-title">${title}</title>
<desc id="timeline-text">${lanes.map(laneText).join(' ')}</desc>
<style>${STYLE}</style>
<defs>
<linearGradient id="from-unknown"><stop offset="0" stop-color="#1f5c99" stop-opacity="0.1"/><stop offset="0.3" stop-color="#1f5c99"/></linearGradient>
<linearGradient id="to-unknown"><stop offset="0.7" stop-color="#1f5c99"/><stop offset="1" stop-color="#1f5c99" stop-opacity="0.1"/></linearGradient>
</defs>
<rect width="${WIDTH}" height="${height}" fill="#fff"/>
${months.map(({ at, label }) => markup`${line(at, 'month')}<text class="month-name" x="${x(at)}" y="16">${label}</text>\n`)}${published.map(
  ({ at, label }) =>
    markup`${line(at, 'published')}<text class="published-name" x="${x(at)}" y="36">${label}</text>\n`,
)}${rows.map(
  ({ lane, top }) => markup`<g class="lane">
${
  lane.label === null
    ? ''
    : markup`<text class="lane-name" x="0" y="${top + 20}">${shortened(lane.label, LONGEST)}</text>
`
}${lane.bars.map((bar, i) => barMarkup(bar, top + headOf(lane) + i * ROW, x))}</g>
`,
)}</svg>`;
}

const topOf = (lanes: readonly Lane[], count: number): number =>
  lanes.slice(0, count).reduce((sum, lane) => sum + headOf(lane) + lane.bars.length * ROW, HEAD);

const headOf = ({ label }: Lane): number => (label === null ? 6 : LANE);

const laneText = ({ label, bars }: Lane): string =>
  `${label === null ? '' : `${label}：`}${bars.map((bar) => `${bar.label} ${bar.text}`).join('、')}。`;

/** What fits into the width, in columns; the whole stands in the description and in the table. */
const LONGEST = 108;

function barMarkup(bar: Bar, top: number, x: (instant: number) => string): Markup {
  const text = markup`<text class="bar-name" x="0" y="${top + 14}">${shortened(`${bar.label}　${bar.text}`, LONGEST)}</text>\n`;
  if (bar.drawn === null) return text;
  const [start, end] = [Number(x(bar.drawn.start)), Number(x(bar.drawn.end))];
  // A moment is too thin to be seen as it is.
  const width = Math.max(4, end - start).toFixed(1);
  const kind = bar.approximate ? 'approximate' : 'exact';
  const fill = bar.startStated ? (bar.endStated ? '#1f5c99' : 'url(#to-unknown)') : 'url(#from-unknown)';
  return markup`${text}<rect class="${kind}" x="${start}" y="${top + 19}" width="${width}" height="11" rx="2" fill="${bar.approximate ? '#fff' : fill}"/>\n`;
}

const STYLE =
  new Markup(`text { font-family: "Hiragino Sans", "Noto Sans CJK JP", "Noto Sans JP", Meiryo, sans-serif; font-size: 13px; fill: #1a1a1a }
.month-name, .published-name { font-size: 11px; fill: #4a4a4a }
.lane-name { font-weight: bold }
.month { stroke: #d5d5d5 }
.published { stroke: #b35900; stroke-dasharray: 2 4 }
.published-name { fill: #8f4700 }
.approximate { stroke: #1f5c99; stroke-width: 1.5; stroke-dasharray: 4 3 }`);

export const LEGEND =
  '帯は期間です。端が薄い帯は、その端の日が決まっていないもの、点線の帯は、おおよその時期です。縦の点線は、公表と追記の日です。';
