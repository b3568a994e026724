/** Why a file cannot be read as a sheet. */
export type SheetFault =
  | { kind: 'empty' }
  | { kind: 'no_text' }
  | { kind: 'unknown_encoding' }
  | { kind: 'old_workbook' }
  | { kind: 'bad_workbook' }
  | { kind: 'bad_quote'; line: number }
  | { kind: 'open_quote'; line: number }
  | { kind: 'column_twice'; column: string }
  | { kind: 'too_many_rows'; most: number }
  | { kind: 'too_large'; most_mb: number };

type Kind = SheetFault['kind'];
type Words = { readonly [K in Kind]: (fault: Extract<SheetFault, { kind: K }>) => string };

const en: Words = {
  empty: () => 'the file is empty',
  no_text: () => 'the file is neither text nor an Excel workbook',
  unknown_encoding: () =>
    'the file is written neither in UTF-8 nor in UTF-16 or Windows-1252: save it as “CSV UTF-8” or as .xlsx',
  old_workbook: () =>
    'the file is an Excel workbook of the old kind (.xls), or one with a password: save it as .xlsx without a password, or as “CSV UTF-8”',
  bad_workbook: () => 'the file is no Excel workbook (.xlsx), or a broken one',
  bad_quote: ({ line }) => `a quotation mark stands where none may be, in line ${line}`,
  open_quote: ({ line }) => `a quotation mark is never closed; the text after it ends in line ${line}`,
  column_twice: ({ column }) => `column ${column} is there twice`,
  too_many_rows: ({ most }) => `more than ${most} rows`,
  too_large: ({ most_mb }) => `unpacked, the file is larger than ${most_mb} MB`,
};

const fr: Words = {
  empty: () => 'le fichier est vide',
  no_text: () => "le fichier n'est ni du texte ni un classeur Excel",
  unknown_encoding: () =>
    "le fichier n'est écrit ni en UTF-8, ni en UTF-16, ni en Windows-1252 : enregistrez-le au format « CSV UTF-8 » ou .xlsx",
  old_workbook: () =>
    "le fichier est un classeur Excel d'ancien format (.xls), ou protégé par un mot de passe : enregistrez-le au format .xlsx sans mot de passe, ou « CSV UTF-8 »",
  bad_workbook: () => "le fichier n'est pas un classeur Excel (.xlsx), ou il est endommagé",
  bad_quote: ({ line }) => `un guillemet est mal placé, à la ligne ${line}`,
  open_quote: ({ line }) => `un guillemet n'est jamais fermé ; le texte qui le suit finit à la ligne ${line}`,
  column_twice: ({ column }) => `la colonne ${column} figure deux fois`,
  too_many_rows: ({ most }) => `plus de ${most} lignes`,
  too_large: ({ most_mb }) => `décompressé, le fichier dépasse ${most_mb} Mo`,
};

const WORDS = { en, fr };

/** Tells what is wrong with a file, in words. */
export function sheetWords(fault: SheetFault, language: keyof typeof WORDS): string {
  const say = WORDS[language][fault.kind] as (fault: SheetFault) => string;
  return say(fault);
}

/** A file that cannot be read as a sheet. */
export class SheetError extends Error {
  override readonly name = 'SheetError';
  readonly fault: SheetFault;

  constructor(fault: SheetFault) {
    super(sheetWords(fault, 'en'));
    this.fault = fault;
  }
}
