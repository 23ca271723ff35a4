/** How wide a text is, a Japanese character counting as two. */
export const columnsOf = (text: string): number =>
  [...text].reduce((sum, character) => sum + (/[ -~]/.test(character) ? 1 : 2), 0);

/** What fits into so many columns; an ellipsis stands for the rest. */
export function shortened(text: string, columns: number): string {
  if (columnsOf(text) <= columns) return text;
  let shown = '';
  for (const character of text) {
    if (columnsOf(shown + character) > columns - 2) break;
    shown += character;
  }
  return `${shown}…`;
}
