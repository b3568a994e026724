const NOT_ASCII = /[^\0-\x7f]/gu;
const DIGIT = /\p{Nd}/u;
/** Dashes, and the signs that are typed for one. */
const DASH = /[\p{Pd}\u2212\u30fc]/u;
/** Invisible characters: marks of direction and joining, soft hyphens, byte order marks, variation selectors. */
const UNSEEN = /\p{Default_Ignorable_Code_Point}|\p{Cf}/u;

/** Other signs for those that stand in numbers. */
const SIGNS: Readonly<Record<string, string>> = {
  '\uff0b': '+',
  '\ufe62': '+',
  '\uff08': '(',
  '\uff09': ')',
  '\uff0e': '.',
  '\u00b7': '.',
  '\u2024': '.',
  '\uff0f': '/',
  '\u2044': '/',
};

/** Writes a digit of any script in ASCII: the ten of each follow one another. */
function digitOf(char: string): string {
  const code = char.codePointAt(0) as number;
  let zero = code;
  while (DIGIT.test(String.fromCodePoint(zero - 1))) zero -= 1;
  return String((code - zero) % 10);
}

function plainOf(char: string): string {
  if (DIGIT.test(char)) return digitOf(char);
  if (UNSEEN.test(char)) return '';
  if (DASH.test(char)) return '-';
  return SIGNS[char] ?? char;
}

/**
 * Spells a number or serial in the characters of ASCII, as it would be typed on a plain keyboard: digits of any script,
 * blanks and dashes of any width, without what nobody sees around or within it. Whatever else there is stays.
 */
export const plainSpelling = (written: string): string =>
  written.replaceAll(NOT_ASCII, plainOf).replaceAll(/\s/g, ' ').trim();
