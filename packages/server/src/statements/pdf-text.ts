/** What stands for a letter that the font has not; the font has it. */
export const REPLACED = '\uFFFD';
/** What is not seen by itself: it joins the letters around it, or chooses how they look. */
const UNSEEN = /\p{Default_Ignorable_Code_Point}/gu;
/** Letters that are written from the right to the left, and those that are not. */
const FROM_RIGHT = /[\p{Script=Arabic}\p{Script=Hebrew}]/u;
const FROM_LEFT = /[\p{L}\p{Nd}]/u;

/** How the texts of people are written with the font that a document has now. */
export interface PdfText {
  /** Puts a sign for each letter that the font has not, instead of an empty box that looks like any other. */
  plain: (text: string) => string;
  /** Tells whether that was ever so. */
  hasReplaced: () => boolean;
}

/** What of a document knows the letters of a font; the library has no other way to ask. */
interface Letters {
  _font: { font: { hasGlyphForCodePoint: (code: number) => boolean } };
}

/** Looks at the texts of a document whose font is chosen. */
export function textsOf(pdf: PDFKit.PDFDocument): PdfText {
  const {
    _font: { font },
  } = pdf as unknown as Letters;
  let isAnyReplaced = false;
  const known = (letter: string): string => {
    if (font.hasGlyphForCodePoint(letter.codePointAt(0) ?? 0)) return letter;
    isAnyReplaced = true;
    return REPLACED;
  };
  return {
    plain: (text) => [...text.replaceAll(UNSEEN, '')].map(known).join(''),
    hasReplaced: () => isAnyReplaced,
  };
}

/**
 * Chooses how a line is laid out: word by word, from the left; or as a whole, which writes one of right-to-left words in their
 * order.
 */
export function layoutOf(text: string): { features?: [] } {
  const isFromRight = [...text].every((letter) => FROM_RIGHT.test(letter) || !FROM_LEFT.test(letter));
  return isFromRight && FROM_RIGHT.test(text) ? { features: [] } : {};
}
