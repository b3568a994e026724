import type { LineFault } from '@opentopup/contract';
import { readNumber } from '@opentopup/contract/lines/read-number';
import { type CheckDigitRule, readSerial } from '@opentopup/contract/lines/read-serial';
import type { Line, LineKind } from '../values/line.ts';

/** What there is to know of a supplier to read a line of it. */
interface LineRules {
  /** ISO 3166-1 alpha-2. */
  country: string;
  sim_check_digit: CheckDigitRule;
}

/**
 * Reads the line in an order's parameters, or what is wrong with it: missing, of the other kind, not text or not
 * well-formed.
 */
export function readLine(
  kind: LineKind,
  { country, sim_check_digit }: LineRules,
  parameters: Record<string, unknown>,
): Line | LineFault {
  const isNumber = kind === 'msisdn';
  const written = parameters[kind];
  if (!isGiven(written) || isGiven(parameters[isNumber ? 'simId' : 'msisdn']))
    return { fault: isNumber ? 'number_missing' : 'serial_missing' };
  if (typeof written !== 'string') return { fault: isNumber ? 'not_a_number' : 'serial_not_digits' };
  if (!isNumber) {
    const sim = readSerial(written, sim_check_digit);
    return sim.ok ? { kind, serial: sim.serial } : { fault: sim.fault };
  }
  const number = readNumber(written, country);
  if (number.ok) return { kind, e164: number.e164, national: number.national };
  const { fault, countries } = number;
  return { fault, ...(fault === 'other_country' && countries.length > 0 && { countries: [...countries] }) };
}

/** Forms send what nobody has filled in as an empty text. */
const isGiven = (line: unknown): boolean => line !== undefined && line !== null && line !== '';

/** Tells whether an order of what recharges no line names one all the same. */
export function namesLine(parameters: unknown): boolean {
  if (typeof parameters !== 'object' || parameters === null) return false;
  const { msisdn, simId } = parameters as Record<string, unknown>;
  return isGiven(msisdn) || isGiven(simId);
}
