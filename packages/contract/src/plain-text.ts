/**
 * What plain text has none of, as ranges of a regular expression: control characters but those that end lines or indent
 * them; U+2028 and U+2029; what turns the direction of the text behind it, so that it shows as what it is not; and the
 * byte order mark, which readers drop unseen.
 */
const NEVER =
  '\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f-\\u009f\\u061c\\u200e\\u200f\\u2028-\\u202e\\u2066-\\u2069\\ufeff';
const LINE_ENDS = '\\t\\n\\r';

/** The pattern of one line of plain text, and that of several. */
export const ONE_LINE = `^[^${NEVER}${LINE_ENDS}]*$`;
export const LINES = `^[^${NEVER}]*$`;
/**
 * The pattern of what something is known by: one line without blanks at its ends. They are not seen, and sheets are
 * read without them, so two that look the same would be two.
 */
export const TRIMMED_LINE = `^[^\\s${NEVER}]([^${NEVER}${LINE_ENDS}]*[^\\s${NEVER}])?$`;

const oneLine = new RegExp(ONE_LINE);
const beyondOneLine = new RegExp(`[${NEVER}${LINE_ENDS}]`, 'g');

/** Returns true for one line of plain text. */
export const isOneLine = (text: string): boolean => oneLine.test(text) && text.isWellFormed();

/** Makes one line of plain text of others’ text: a blank for each character that has no place there. */
export const asOneLine = (text: string): string => text.replaceAll(beyondOneLine, ' ').toWellFormed();
