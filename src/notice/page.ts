/** HTML and SVG text in which everything put in is escaped, unless it is markup itself; and a page of it. */
const ESCAPES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
/** Characters that XML cannot hold, not even escaped. */
const NOT_IN_XML = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

const escaped = (text: string): string =>
  text.replace(NOT_IN_XML, '\ufffd').replace(/[&<>"']/g, (character) => ESCAPES[character] ?? character);

export class Markup {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

type Part = string | number | Markup | readonly Part[];

/** markup`<p>${text}</p>`: for contents and quoted attributes. */
export const markup = (literals: TemplateStringsArray, ...parts: Part[]): Markup =>
  new Markup(literals.map((literal, i) => literal + written(parts[i] ?? '')).join(''));

function written(part: Part): string {
  if (part instanceof Markup) return part.text;
  return typeof part === 'object' ? part.map(written).join('') : escaped(String(part));
}

/** One page that needs nothing else: no script, no font, no picture from elsewhere. `style` is added to its own. */
export const pageHtml = (title: string, body: Markup, style: string = ''): string =>
  markup`<!doctype html>
<html lang="ja">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${STYLE}${new Markup(style)}</style>
</head>
<body>
<main>
${body}</main>
</body>
</html>
`.text;

const STYLE = new Markup(`
:root { color-scheme: light }
body { margin: 0; background: #fff; color: #1a1a1a; line-height: 1.75; overflow-wrap: anywhere;
  font-family: "Hiragino Sans", "Noto Sans CJK JP", "Noto Sans JP", Meiryo, sans-serif }
main { max-width: 48rem; margin: 0 auto; padding: 1rem }
h1 { font-size: 1.5rem; line-height: 1.4 }
h2 { font-size: 1.25rem; border-bottom: 2px solid #1f5c99; padding-bottom: .25rem; margin-top: 2.5rem }
h3 { font-size: 1.05rem; margin: 1.75rem 0 .5rem }
p { margin: .25rem 0 }
small { color: #555; font-size: .75rem }
a { color: #0b4f8a }
.entries { list-style: none; margin: 0; padding: 0 }
.entries > li { border-left: 3px solid #cfdbe6; padding: .125rem 0 .125rem .75rem; margin: .75rem 0 }
dl { display: grid; grid-template-columns: minmax(6.5em, max-content) 1fr; gap: 0 .75rem; margin: .5rem 0 }
dt { grid-column: 1; color: #4a4a4a; font-size: .875rem }
dd { grid-column: 2; margin: 0 }
figure { margin: 1rem 0 }
figcaption { font-size: .8125rem; color: #4a4a4a }
.wide { overflow-x: auto }
table { border-collapse: collapse; width: 100%; font-size: .9375rem }
caption { text-align: left; font-weight: bold; padding: .5rem 0 }
th, td { border: 1px solid #bbb; padding: .25rem .5rem; text-align: left; vertical-align: top; min-width: 5em }
@media (max-width: 30rem) {
  dl { grid-template-columns: 1fr }
  dt, dd { grid-column: 1 }
  dd { padding-left: .75rem }
}
@media print {
  main { max-width: none; padding: 0 }
  .wide { overflow: visible }
  svg { width: 100%; height: auto }
  .entries > li, tr, figure { break-inside: avoid }
  h2, h3 { break-after: avoid }
}
`);

/** HTML and SVG text in which everything put in is escaped, unless it is markup itself. */
