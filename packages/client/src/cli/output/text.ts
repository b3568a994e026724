import truncatedWidth from 'fast-string-truncated-width';

/** Counts the columns of a terminal that a text takes, without its colours. */
export const widthOf = (text: string): number => truncatedWidth(text).width;

/** Removes what could move the cursor, or do worse: names and references are written by others. */
export const printable = (text: string): string => text.replaceAll(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, ' ');

/** Cuts a text to what fits, with an ellipsis. */
export function cut(text: string, width: number): string {
  const { truncated, index } = truncatedWidth(text, { limit: Math.max(width, 1), ellipsis: '…', ellipsisWidth: 1 });
  return truncated ? `${text.slice(0, index)}…` : text;
}

/** Fills up to a width with blanks. */
export function pad(text: string, width: number, align: 'left' | 'right'): string {
  const blanks = ' '.repeat(Math.max(0, width - widthOf(text)));
  return align === 'left' ? text + blanks : blanks + text;
}
