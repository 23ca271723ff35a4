/** HTML and SVG text in which everything put in is escaped, unless it is markup itself. */

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
