import { luhnAgrees } from '@opentopup/contract/lines/read-serial';
import type { EsimProfile } from '../esim-profile.ts';
import { digits, fraction } from './noise.ts';

const SMDP = 'smdp.example';
const MINUTE_MS = 60_000;
/** Telecommunications (89), France (33). */
const ISSUER = '8933';
/** An ICCID of ours, and the NSCE within it, hold the minute of the sale: its life can be told without keeping anything. */
const SERIAL = /^(?:8933)?((?:29|3\d)\d{6})\d{8}$/;

/** Gives the instant at which a reference was made: it is a UUID of version 7. */
export const orderedAt = (reference: string): Date =>
  new Date(Number.parseInt(reference.replaceAll('-', '').slice(0, 12), 16));

/** Gives the digits with their check digit (Luhn) behind them. */
function withCheckDigit(number: string): string {
  return [...'0123456789'].map((digit) => number + digit).find(luhnAgrees) as string;
}

/** Tells when the eSIM with this ICCID or NSCE was sold, to the minute; null for any other SIM. */
export function soldAt(serial: string): Date | null {
  const minute = SERIAL.exec(serial)?.[1];
  return minute === undefined ? null : new Date(Number(minute) * MINUTE_MS);
}

/**
 * Gives the eSIM that is delivered under a reference: always the same one. Its number is one that France gives to
 * nobody.
 */
export function profileOf(reference: string): EsimProfile {
  const some = (count: number, what: string): string => digits(count, reference, what);
  const minute = String(Math.floor(orderedAt(reference).getTime() / MINUTE_MS)).padStart(8, '0');
  // The third digit from the end is 2 or more: no ending of the tables, which are for serials that somebody chooses.
  const ending = `${2 + Math.floor(fraction(reference, 'ending') * 8)}${some(1, 'last')}`;
  const iccid = withCheckDigit(ISSUER + minute + some(5, 'account') + ending);
  const matching_id = `OT-${some(6, 'matching 1')}-${some(6, 'matching 2')}`;
  return {
    activation_code: `LPA:1$${SMDP}$${matching_id}`,
    smdp_url: SMDP,
    matching_id,
    prefix: '33',
    msisdn: `+3370000${some(4, 'msisdn')}`,
    iccid,
    nsce: iccid.slice(-16),
    imsi: `20801${some(10, 'imsi')}`,
    pin_code: some(4, 'pin'),
    puk: some(8, 'puk'),
  };
}
