import { readNumber } from '@opentopup/contract/lines/read-number';
import { readSerial } from '@opentopup/contract/lines/read-serial';
import fc from 'fast-check';
import { v7 } from 'uuid';
import { describe, expect, it } from 'vitest';
import { SIM_ENDINGS } from './life.ts';
import { profileOf, soldAt } from './profile.ts';
import { SCENARIOS } from './scenarios.ts';

const references = fc
  .date({ min: new Date('2026-01-01'), max: new Date('2045-12-31'), noInvalidDate: true })
  .map((date) => ({ date, reference: v7({ msecs: date.getTime() }) }));

describe('an eSIM of the simulator', () => {
  it('is the same for the same reference, and another for another', () => {
    const [one, other] = [v7(), v7()];
    expect(profileOf(one)).toEqual(profileOf(one));
    expect(profileOf(other).matching_id).not.toBe(profileOf(one).matching_id);
  });

  it('is valid in every part', () => {
    fc.assert(
      fc.property(references, ({ reference }) => {
        const profile = profileOf(reference);
        const { msisdn, iccid, nsce, imsi, pin_code, puk, prefix, matching_id, smdp_url, activation_code } = profile;
        expect(readSerial(iccid)).toMatchObject({ ok: true, serial: iccid });
        expect(iccid).toMatch(/^8933\d{16}$/);
        expect(readSerial(nsce)).toMatchObject({ ok: true, serial: nsce });
        expect(readNumber(msisdn, 'FR')).toMatchObject({ ok: true, e164: msisdn });
        expect(msisdn.startsWith(`+${prefix}`)).toBe(true);
        expect([imsi, pin_code, puk].join(' ')).toMatch(/^\d{15} \d{4} \d{8}$/);
        expect(matching_id).toMatch(/^[A-Z0-9-]+$/);
        expect(activation_code).toBe(`LPA:1$${smdp_url}$${matching_id}`);
      }),
    );
  });

  it('never ends so that something special happens', () => {
    fc.assert(
      fc.property(references, ({ reference }) => {
        expect({ ...SIM_ENDINGS, ...SCENARIOS }).not.toHaveProperty(profileOf(reference).iccid.slice(-3));
      }),
    );
  });

  it('holds the minute of its sale', () => {
    fc.assert(
      fc.property(references, ({ date, reference }) => {
        const { iccid, nsce } = profileOf(reference);
        const minute = new Date(Math.floor(date.getTime() / 60_000) * 60_000);
        expect([soldAt(iccid), soldAt(nsce)]).toEqual([minute, minute]);
      }),
    );
    expect(soldAt('8991101200003204514')).toBeNull();
    expect(soldAt('123456789')).toBeNull();
  });
});
