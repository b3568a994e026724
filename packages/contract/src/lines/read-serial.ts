import type { SerialFault } from './line-fault.ts';
import { plainSpelling } from './plain-spelling.ts';

/** The ways to treat a serial whose check digit is wrong: refuse it, warn, or ignore it. */
export const CHECK_DIGIT_RULES = ['refuse', 'warn', 'off'] as const;
export type CheckDigitRule = (typeof CHECK_DIGIT_RULES)[number];

export type ReadSerial =
  | { ok: true; serial: string /** Whether its check digit agrees, where it has one. */; isChecked: boolean }
  | { ok: false; fault: SerialFault };

/** Longer than any serial, with whatever stands around and within it. */
const LONGEST = 64;
/** The prefix by which a scanner tells the kind of bar code (ISO/IEC 15424), and the label printed before a serial. */
const IN_FRONT = /^(?:\][A-Z]\d)?\s*(?:(?:ICCID|NSCE)[ :.]*)?/i;
/** SIMs keep 20 half bytes: where a serial has less digits, the rest is filled up. */
const FILLER = /^(\d{18}FF?|\d{19}F)$/i;
const SHORTEST = 8;
const ICCID_SHORTEST = 19;
const ICCID_LONGEST = 20;

/** Returns true where the check digit of ITU-T E.118 and ISO/IEC 7812 (Luhn) agrees. */
export function luhnAgrees(digits: string): boolean {
  let sum = 0;
  for (let i = 0; i < digits.length; i += 1) {
    const digit = Number(digits[digits.length - 1 - i]);
    const doubled = i % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}

/**
 * Reads the serial of a SIM as it is typed, printed, scanned or pasted: an ICCID of 19 or 20 digits, or an NSCE or
 * shorter serial of 8 to 18 digits, which has no check digit that is known.
 * @param rule of the supplier
 */
export function readSerial(written: string, rule: CheckDigitRule = 'refuse'): ReadSerial {
  if (written.length > LONGEST) return { ok: false, fault: 'serial_too_long' };
  const text = plainSpelling(written).replace(IN_FRONT, '').replaceAll(/[ -]/g, '');
  const serial = FILLER.test(text) ? text.replaceAll(/F/gi, '') : text;
  if (/\D/.test(serial)) return { ok: false, fault: 'serial_not_digits' };
  if (serial.length < SHORTEST) return { ok: false, fault: 'serial_too_short' };
  if (serial.length > ICCID_LONGEST) return { ok: false, fault: 'serial_too_long' };
  const isChecked = serial.length < ICCID_SHORTEST || luhnAgrees(serial);
  return isChecked || rule !== 'refuse' ? { ok: true, serial, isChecked } : { ok: false, fault: 'serial_check_digit' };
}
