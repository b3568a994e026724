import { type CheckDigitRule, type ReadSerial, readSerial } from '@opentopup/contract/lines/read-serial';

/** The serial of a SIM as it is typed, scanned or pasted: its digits in groups of four, and what the server would read. */
export interface TypedSerial {
  shown: string;
  read: ReadSerial;
}

export const inGroups = (digits: string): string => digits.replaceAll(/(\d{4})(?=\d)/g, '$1 ');

/** @param rule of its supplier */
export function typedSerial(raw: string, rule: CheckDigitRule): TypedSerial {
  const read = readSerial(raw, rule);
  const digits = raw.replaceAll(/[\s-]/g, '');
  // What is no digit stays in sight until it is read: a scanner puts it in front, sign by sign.
  const shown = /^\d*$/.test(digits) ? inGroups(digits) : raw;
  return { shown: read.ok ? inGroups(read.serial) : shown, read };
}
