/** As much of XML as a picture is made of: enough to see that it is well formed, and to look at its parts. */

export interface Element {
  name: string;
  attributes: Record<string, string>;
  /** The text inside, that of the elements inside it included. */
  text: string;
  children: Element[];
}

const ENTITIES: Record<string, string> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
};

export function unescaped(text: string): string {
  if (/[<>]/.test(text)) throw new Error(`markup in text: ${text}`);
  return text.replace(/&[^;]*;?/g, (entity) => {
    const character = ENTITIES[entity];
    if (character === undefined) throw new Error(`no entity: ${entity}`);
    return character;
  });
}

const TAG = /<(\/?)([a-zA-Z][a-zA-Z0-9]*)((?:\s+[\w:-]+="[^"<]*")*)\s*(\/?)>/y;

/** The one element that the text is; an error where it is not well formed. */
export function parseXml(text: string): Element {
  const root: Element = { name: '', attributes: {}, text: '', children: [] };
  const open = [root];
  let at = 0;
  while (at < text.length) {
    const next = text.indexOf('<', at);
    const words = unescaped(text.slice(at, next < 0 ? undefined : next));
    for (const element of open) element.text += words;
    if (next < 0) break;
    TAG.lastIndex = next;
    const [whole, closing, name = '', written = '', empty] = TAG.exec(text) ?? [];
    if (whole === undefined) throw new Error(`no tag: ${text.slice(next, next + 60)}`);
    at = next + whole.length;
    if (closing) {
      if (open.pop()?.name !== name) throw new Error(`closes what is not open: ${name}`);
      continue;
    }
    const attributes: Record<string, string> = {};
    for (const [, key = '', value = ''] of written.matchAll(/([\w:-]+)="([^"]*)"/g)) {
      if (key in attributes) throw new Error(`twice: ${key}`);
      attributes[key] = unescaped(value);
    }
    const element: Element = { name, attributes, text: '', children: [] };
    open.at(-1)?.children.push(element);
    if (!empty) open.push(element);
  }
  const [only, ...others] = root.children;
  if (only === undefined || others.length > 0 || open.length !== 1 || root.text.trim() !== only.text.trim())
    throw new Error('not one element');
  return only;
}

export const descendants = ({ children }: Element): Element[] =>
  children.flatMap((child) => [child, ...descendants(child)]);

/** The words that a page shows. */
export const visibleText = (html: string): string =>
  unescaped(html.replace(/<(style|title)\b[^>]*>[\s\S]*?<\/\1>/g, '').replace(/<[^>]*>/g, '\n'));
