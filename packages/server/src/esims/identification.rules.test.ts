import { describe, expect, it } from 'vitest';
import { identificationRule } from './identification.rules.ts';

const SOLD = new Date('2026-02-10T08:00:00Z');

describe('the identification of an eSIM’s user', () => {
  it('is due 30 days after the sale, at the level and address of the product', () => {
    expect(identificationRule({ kyc_level: 2, kyc_url: 'https://kyc.example', network: '4G' }, SOLD)).toEqual({
      level: 2,
      url: 'https://kyc.example',
      deadline: new Date('2026-03-12T08:00:00Z'),
    });
  });

  it.each([{}, { kyc_level: 0 }, { kyc_level: -1 }, { kyc_level: '1' }, { kyc_level: 0.5 }, { kyc_level: null }])(
    'is not asked for by %j',
    (metadata) => {
      expect(identificationRule(metadata, SOLD)).toEqual({ level: 0, url: '', deadline: null });
    },
  );

  it('is asked for also where the product does not say where, and at whatever level', () => {
    const { level, url, deadline } = identificationRule({ kyc_level: 1e12, kyc_url: 7 }, SOLD);
    expect([level, url, deadline === null]).toEqual([2 ** 31 - 1, '', false]);
  });
});
