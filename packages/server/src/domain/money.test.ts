import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { amountOf, isCurrency, minorDigits } from './money.ts';

describe('money', () => {
  it('has the currencies of ISO 4217, in capitals, and no others', () => {
    expect(['EUR', 'XOF', 'TND'].filter(isCurrency)).toEqual(['EUR', 'XOF', 'TND']);
    expect(['eur', 'XQQ', 'EURO', ''].filter(isCurrency)).toEqual([]);
  });

  it('has as many digits behind the point as ISO 4217 says', () => {
    expect(['EUR', 'XOF', 'TND'].map(minorDigits)).toEqual([2, 0, 3]);
  });

  it('is shown to the cent, without anything behind it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1_000_000_000_000 }), (minor) => {
        const cents = String(minor).padStart(3, '0');
        expect(amountOf(minor, 'EUR')).toBe(Number(`${cents.slice(0, -2)}.${cents.slice(-2)}`));
      }),
    );
  });
});
