import type { StaffLanguage } from '@opentopup/contract';

const ENGLISH =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
    ' ',
  );
const ENGLISH_TENS = ['', '', 'twenty', 'thirty', 'forty', 'fifty', 'sixty', 'seventy', 'eighty', 'ninety'];
const FRENCH =
  'zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept dix-huit dix-neuf'.split(
    ' ',
  );
const FRENCH_TENS = ['', '', 'vingt', 'trente', 'quarante', 'cinquante', 'soixante', 'soixante', 'quatre-vingt'];

function englishBelowThousand(n: number): string {
  if (n < 20) return ENGLISH[n] ?? '';
  if (n < 100) return [ENGLISH_TENS[Math.floor(n / 10)], n % 10 > 0 && ENGLISH[n % 10]].filter(Boolean).join('-');
  const rest = n % 100 > 0 ? ` and ${englishBelowThousand(n % 100)}` : '';
  return `${ENGLISH[Math.floor(n / 100)]} hundred${rest}`;
}

const ENGLISH_SIZES = [
  [1_000_000_000, 'billion'],
  [1_000_000, 'million'],
  [1_000, 'thousand'],
] as const;

function english(n: number): string {
  const [size, name] = ENGLISH_SIZES.find(([each]) => n >= each) ?? [];
  if (size === undefined) return englishBelowThousand(n);
  const rest = n % size;
  return `${english(Math.floor(n / size))} ${name}${rest === 0 ? '' : `${rest < 100 ? ' and' : ''} ${english(rest)}`}`;
}

/** @param isLast nothing follows: only then *vingt* and *cent* take an s */
function frenchBelowHundred(n: number, isLast: boolean): string {
  if (n < 20) return FRENCH[n] ?? '';
  // After sixty and eighty one counts on to twenty.
  const tens = Math.min(Math.floor(n / 10), 8);
  const rest = n - (tens === 7 ? 60 : tens * 10);
  const name = FRENCH_TENS[tens] ?? '';
  if (rest === 0) return tens === 8 && isLast ? 'quatre-vingts' : name;
  return tens < 8 && (rest === 1 || rest === 11) ? `${name} et ${FRENCH[rest]}` : `${name}-${FRENCH[rest]}`;
}

function frenchBelowThousand(n: number, isLast: boolean): string {
  const [hundreds, rest] = [Math.floor(n / 100), n % 100];
  if (hundreds === 0) return frenchBelowHundred(rest, isLast);
  if (rest > 0) return `${hundreds > 1 ? `${FRENCH[hundreds]} ` : ''}cent ${frenchBelowHundred(rest, isLast)}`;
  if (hundreds === 1) return 'cent';
  return `${FRENCH[hundreds]} cent${isLast ? 's' : ''}`;
}

const FRENCH_SIZES = [
  [1_000_000_000, 'milliard'],
  [1_000_000, 'million'],
] as const;

function french(n: number): string {
  if (n < 1_000) return frenchBelowThousand(n, true);
  const [size, name] = FRENCH_SIZES.find(([each]) => n >= each) ?? [1_000, undefined];
  const [many, rest] = [Math.floor(n / size), n % size];
  const thousands = many === 1 ? 'mille' : `${frenchBelowThousand(many, false)} mille`;
  const first = name === undefined ? thousands : `${french(many)} ${name}${many > 1 ? 's' : ''}`;
  return rest === 0 ? first : `${first} ${french(rest)}`;
}

const WRITERS: Readonly<Record<StaffLanguage, (n: number) => string>> = { fr: french, en: english };

/** Writes a whole number in words, as on a cheque: a digit too many is seen at once. */
export const inWords = (n: number, language: StaffLanguage): string => WRITERS[language](n);
