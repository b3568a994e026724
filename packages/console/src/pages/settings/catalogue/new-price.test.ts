import { describe, expect, it } from 'vitest';
import { marginOf, newPrice } from './new-price.ts';

const offer = { resell_value: 7.92, cost: 7.005, currency: 'EUR' };

describe('prices that are changed together', () => {
  it('are exact to the minor unit of their currency', () => {
    expect(newPrice(offer, 'percent', 5)).toBe(8.32);
    expect(newPrice({ ...offer, resell_value: 1.005 }, 'percent', 0)).toBe(1.01);
    expect(newPrice({ resell_value: 4_750, currency: 'XOF' }, 'percent', 1.5)).toBe(4_821);
    expect(newPrice(offer, 'amount', -0.42)).toBe(7.5);
    expect(newPrice(offer, 'price', 8)).toBe(8);
  });

  it('are rounded up above the cost, and need to know it', () => {
    expect(newPrice(offer, 'overCost', 0)).toBe(7.01);
    expect(newPrice(offer, 'overCost', 10)).toBe(7.71);
    expect(newPrice({ resell_value: 1, currency: 'EUR' }, 'overCost', 10)).toBeNull();
  });

  it('are never below nothing', () => {
    expect(newPrice(offer, 'amount', -8)).toBeNull();
    expect(newPrice(offer, 'percent', Number.NaN)).toBeNull();
  });

  it('leave a margin that is a part of the price', () => {
    expect(marginOf(10, 9)).toBeCloseTo(0.1);
    expect(marginOf(10, undefined)).toBeNull();
  });
});
