import { expect, it } from 'vitest';
import { FORGOTTEN } from '../../values/line.ts';
import { valuesOf } from './wording.ts';

const SALE = {
  offer_name: 'Ten',
  bonus_value_minor: 1_000,
  denomination_minor: null,
  denomination_currency: null,
  currency: 'EUR',
  supplier_name: 'Orange France',
} as Parameters<typeof valuesOf>[0];
const NAMED = { offer: 'Ten', amount: '10 EUR', operator: 'Orange France' };

it('the words for an end customer may mention a number as long as it is kept, and masked', () => {
  expect(valuesOf({ ...SALE, line: '+33684587587' })).toEqual({ ...NAMED, msisdn_masked: '+33•••••••87' });
  expect(valuesOf({ ...SALE, line: FORGOTTEN })).toEqual(NAMED);
  expect(valuesOf({ ...SALE, line: null })).toEqual(NAMED);
});
