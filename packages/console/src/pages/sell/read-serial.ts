/** What is known of a SIM's serial as it is typed, scanned or pasted. */
export interface ReadSerial {
  /** Its digits in groups of four. */
  shown: string;
  digits: string;
  state: 'empty' | 'incomplete' | 'wrong' | 'good';
}

const SHORTEST = 8;
const ICCID = 19;
const LONGEST = 20;

/** The check digit of ITU-T E.118 (Luhn). */
function luhnAgrees(digits: string): boolean {
  const sum = [...digits].toReversed().reduce((total, digit, i) => {
    const value = Number(digit) * (i % 2 === 1 ? 2 : 1);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 === 0;
}

/** Whatever stands around the digits is left out: blanks, dashes, `ICCID:`, the filler `F`, what a scanner adds. */
export function readSerial(raw: string): ReadSerial {
  const digits = raw.replaceAll(/\D/g, '');
  const shown = digits.replaceAll(/(\d{4})(?=\d)/g, '$1 ');
  const read = { shown, digits };
  if (digits === '') return { ...read, state: 'empty' };
  if (digits.length < SHORTEST) return { ...read, state: 'incomplete' };
  const isWrong = digits.length > LONGEST || (digits.length >= ICCID && !luhnAgrees(digits));
  return { ...read, state: isWrong ? 'wrong' : 'good' };
}
