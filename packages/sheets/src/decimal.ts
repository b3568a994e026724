const PLAIN = /^-?\d{1,15}(\.\d{1,6})?$/;
/** Thousands in groups, by a blank, a comma or a point, and decimals by the other of the two. */
const GROUPED = /^-?\d{1,3}(?:(?:[ \u00a0\u202f]\d{3})+(?:[.,]\d{1,6})?|(?:,\d{3})+\.\d{1,6}|(?:\.\d{3})+,\d{1,6})$/;
const DECIMAL_COMMA = /^-?\d{1,15},\d{1,6}$/;
/** A comma before three digits: decimals for some, thousands for others. */
const EITHER = /^-?[1-9]\d{0,2},\d{3}$/;
const ROUNDED = /^[+-]?\d([.,]\d+)?E[+-]\d+$/i;

/**
 * Gives the number that a cell of a spreadsheet means: `1234.5`, `1234,5`, `1 234,5`, `1.234,5`. Nothing is guessed.
 * @returns null for what is none, and `either` for what may be one of two: `1,234`
 */
export function readDecimal(text: string): number | 'either' | null {
  if (PLAIN.test(text)) return Number(text);
  if (EITHER.test(text)) return 'either';
  if (DECIMAL_COMMA.test(text)) return Number(text.replace(',', '.'));
  if (!GROUPED.test(text)) return null;
  const at = Math.max(text.lastIndexOf(','), text.lastIndexOf('.'));
  const [whole, decimals] = at === -1 ? [text, '0'] : [text.slice(0, at), text.slice(at + 1)];
  return Number(`${whole.replaceAll(/[^\d-]/g, '')}.${decimals}`);
}

/** Tells what Excel makes of a long number in a cell that is not text: `3.37E+10`. Its last digits are lost. */
export const isRounded = (text: string): boolean => ROUNDED.test(text);

/** Tells what stands before decimals where that language is written, by its tag (BCP 47). */
export const decimalSign = (tag: string): '.' | ',' =>
  new Intl.NumberFormat(tag).format(0.5).includes(',') ? ',' : '.';
