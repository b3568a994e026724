export type NormalisedSimSerial = { ok: true; serial: string } | { ok: false };

const LONGEST = 40;
const ICCID = /^(\d{19,20})F?$/i;
const SHORT_SERIAL = /^\d{8,18}$/;

/** The check digit of ITU-T E.118 and ISO/IEC 7812 (Luhn). */
export function luhnValid(digits: string): boolean {
  let sum = 0;
  for (let i = 0; i < digits.length; i += 1) {
    const digit = Number(digits[digits.length - 1 - i]);
    const doubled = i % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}

/**
 * The serial of a SIM: an ICCID of 19 or 20 digits, whose check digit must agree (a filler `F` behind 19 is dropped),
 * or an NSCE or shorter serial of 8 to 18 digits, taken as given. Blanks and dashes are left out.
 */
export function normaliseSimSerial(raw: string): NormalisedSimSerial {
  if (raw.length > LONGEST) return { ok: false };
  const text = raw.replaceAll(/[ \u00a0\u202f-]/g, '');
  if (SHORT_SERIAL.test(text)) return { ok: true, serial: text };
  const iccid = ICCID.exec(text)?.[1];
  const tooLong = iccid?.length === 20 && text.length > 20;
  return iccid && !tooLong && luhnValid(iccid) ? { ok: true, serial: iccid } : { ok: false };
}
