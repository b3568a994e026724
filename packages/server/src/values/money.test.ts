import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { amountOf, feeFromWire, feeOn, feeOnWire, isCurrency, minorDigits, minorOf, PERCENT_PLACES } from './money.ts';

const CURRENCIES = ['EUR', 'XOF', 'TND'] as const;
const currency = fc.constantFrom(...CURRENCIES);
const minor = fc.integer({ min: 0, max: 1_000_000_000_000 });
/** A percentage in its smallest steps: 1 is 0.0001 %. */
const steps = fc.integer({ min: 0, max: 10_000_000_000 });
const ONE_PERCENT = 10 ** PERCENT_PLACES;

/** Whole units of the last place as a decimal text, without arithmetic: 5 with two places is 0.05. */
function decimal(units: number, places: number): string {
  const digits = String(units).padStart(places + 1, '0');
  const at = digits.length - places;
  return places === 0 ? digits : `${digits.slice(0, at)}.${digits.slice(at)}`;
}

/** The percentage as it is written. */
const percentage = (step: number): number => Number(decimal(step, PERCENT_PLACES));

describe('money', () => {
  it('has the currencies of ISO 4217, in capitals, and no others', () => {
    expect(['EUR', 'XOF', 'TND'].filter(isCurrency)).toEqual(['EUR', 'XOF', 'TND']);
    expect(['eur', 'XQQ', 'EURO', ''].filter(isCurrency)).toEqual([]);
  });

  it('has as many digits behind the point as ISO 4217 says', () => {
    expect(CURRENCIES.map(minorDigits)).toEqual([2, 0, 3]);
  });

  it('is shown to the minor unit, without anything behind it, and read back the same', () => {
    fc.assert(
      fc.property(minor, currency, (units, of) => {
        const shown = amountOf(units, of);
        expect(shown).toBe(Number(decimal(units, minorDigits(of))));
        expect(minorOf(shown, of)).toBe(units);
      }),
    );
  });

  it('with more digits than its currency has is not read', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 100_000_000 }),
        fc.integer({ min: 1, max: 9 }),
        currency,
        (units, more, of) => {
          const amount = Number(decimal(units * 10 + more, minorDigits(of) + 1));
          expect(minorOf(amount, of)).toBeNull();
          expect(feeFromWire(amount, 'value', of)).toBeNull();
        },
      ),
    );
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, -1, 1e21, 1e-7, 0.1 + 0.2, 1e15])('is not read from %d', (amount) => {
    expect(minorOf(amount, 'EUR')).toBeNull();
  });
});

describe('a fee', () => {
  it('of an amount is kept and shown as it was written, and is the same on every price', () => {
    fc.assert(
      fc.property(minor, minor, currency, (units, price, of) => {
        const fees = feeFromWire(amountOf(units, of), 'value', of) as string;
        expect(feeOnWire({ fees, fees_type: 'value' }, of)).toBe(amountOf(units, of));
        expect(feeOn(price, { fees, fees_type: 'value' })).toBe(units);
      }),
    );
  });

  it('of a percentage is kept and shown as it was written', () => {
    fc.assert(
      fc.property(steps, currency, (step, of) => {
        const fees = feeFromWire(percentage(step), 'percent', of) as string;
        expect(Number(fees)).toBe(percentage(step));
        expect(feeOnWire({ fees, fees_type: 'percent' }, of)).toBe(percentage(step));
      }),
    );
  });

  it('of a percentage with five digits behind the point is not taken', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 100_000_000 }), fc.integer({ min: 1, max: 9 }), (step, more) => {
        expect(feeFromWire(Number(decimal(step * 10 + more, PERCENT_PLACES + 1)), 'percent', 'EUR')).toBeNull();
      }),
    );
  });

  it('of a percentage is what it says, to the nearest minor unit; from the very middle, the one above', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1_000_000_000 }), fc.integer({ min: 0, max: 5_000_000 }), (price, step) => {
        const fees = feeFromWire(percentage(step), 'percent', 'EUR') as string;
        const fee = feeOn(price, { fees, fees_type: 'percent' });
        const unit = BigInt(100 * ONE_PERCENT);
        const tooMuch = BigInt(fee) * unit - BigInt(price) * BigInt(step);
        expect(tooMuch * 2n > -unit && tooMuch * 2n <= unit).toBe(true);
      }),
    );
  });

  it.each([
    [792, '10', 79],
    [20, '2.5', 1],
    [1, '49.9999', 0],
    [1, '50', 1],
    [100_000, '0.0005', 1],
    [100_000, '0.0004', 0],
    [1_001, '33.3333', 334],
    [999_999_999_999, '100', 999_999_999_999],
  ])('on %d of %s %% is %d', (price, fees, fee) => {
    expect(feeOn(price, { fees, fees_type: 'percent' })).toBe(fee);
  });

  it('and what the distributor is charged are the public price, also as they are shown', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1_000_000_000 }), steps, currency, (resell, step, of) => {
        const fees = feeFromWire(percentage(step), 'percent', of) as string;
        const fee = feeOn(resell, { fees, fees_type: 'percent' });
        const shown = [resell, fee, resell + fee].map((units) => amountOf(units, of));
        const [resell_value, margin, public_price] = shown.map((amount) => minorOf(amount, of) ?? Number.NaN);
        expect((resell_value ?? 0) + (margin ?? 0)).toBe(public_price);
      }),
    );
  });
});
