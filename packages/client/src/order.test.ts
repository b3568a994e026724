import { getCountries, getExampleNumber, type PhoneNumber } from 'libphonenumber-js/max';
import examples from 'libphonenumber-js/mobile/examples';
import { describe, expect, it } from 'vitest';
import { isSameOrder, madeBy, placed } from './order.ts';
import type { Transaction } from './wire.ts';

const OFFER = 'e0c798dd-54a2-462d-8f87-79a44f7547a1';
const order = { offer_id: OFFER, parameters: { msisdn: '06 84 58 75 87' } };
const transaction = (fields: Partial<Transaction>): Transaction =>
  ({ offer_id: OFFER, status: 'ok', parameters: { msisdn: '+33684587587' }, ...fields }) as Transaction;

describe('an order', () => {
  it('goes under its reference, as user_id too unless that is something else', () => {
    expect(placed({ ...order, reference: 'till/1' })).toEqual({
      reference: 'till/1',
      isFindable: true,
      body: { ...order, user_id: 'till/1' },
    });
    expect(placed({ ...order, reference: 'till/1', user_id: 'anna' })).toMatchObject({
      isFindable: false,
      body: { user_id: 'anna' },
    });
  });

  it('gets a reference of its own where it has none', () => {
    const [a, b] = [placed(order), placed(order)];
    expect(a.reference).not.toBe(b.reference);
    expect(a.isFindable).toBe(true);
  });

  it('carries what only OpenTopup knows beside the rest', () => {
    expect(placed({ ...order, opentopup: { max_price: 8 } }).body).toMatchObject({ offer_id: OFFER, max_price: 8 });
  });

  it.each(['', 'two words', '"quoted"', 'Nº5', 'x'.repeat(256)])('is not taken under the reference %j', (reference) => {
    expect(() => placed({ ...order, reference })).toThrow(/1 to 255 visible ASCII/);
  });

  it('is the same however its number is written', () => {
    const { body } = placed(order);
    expect(isSameOrder(transaction({}), body)).toBe(true);
    expect(isSameOrder(transaction({ parameters: {} }), body)).toBe(true);
    expect(isSameOrder(transaction({ parameters: { msisdn: '+33684587588' } }), body)).toBe(false);
    expect(isSameOrder(transaction({ offer_id: 'another' }), body)).toBe(false);
    const sim = placed({ offer_id: OFFER, parameters: { simId: '8991 1012 0000 3204 514' } }).body;
    expect(isSameOrder(transaction({ parameters: { simId: '8991101200003204514' } }), sim)).toBe(true);
    expect(isSameOrder(transaction({ parameters: { simId: '8991101200003204515' } }), sim)).toBe(false);
  });

  it.each(getCountries())('is known again by the number as it is kept, however it was ordered: %s', (country) => {
    const number = getExampleNumber(country, examples) as PhoneNumber;
    const kept = transaction({ parameters: { msisdn: number.number } });
    const tabs = `\t${number.formatNational().replaceAll(/\d/g, (digit) => '٠١٢٣٤٥٦٧٨٩'[Number(digit)] as string)}\t`;
    const written = [
      number.formatNational(),
      number.formatInternational(),
      number.nationalNumber,
      number.getURI(),
      tabs,
    ];
    for (const msisdn of [...written, `00${number.number.slice(1)}`]) {
      expect(isSameOrder(kept, { offer_id: OFFER, parameters: { msisdn } })).toBe(true);
    }
    const other = number.number.slice(0, -1) + String((Number(number.number.at(-1)) + 1) % 10);
    expect(isSameOrder(kept, { offer_id: OFFER, parameters: { msisdn: other } })).toBe(false);
  });

  it.each([']C18991101200003204514', '8991101200003204514F', 'ICCID: 8991 1012 0000 3204 514'])(
    'is known again by the serial as it is kept: %s',
    (simId) => {
      const kept = transaction({ parameters: { simId: '8991101200003204514' } });
      expect(isSameOrder(kept, { offer_id: OFFER, parameters: { simId } })).toBe(true);
    },
  );

  it('has made the transaction of its reference that has come furthest, and no other', () => {
    const list = [
      transaction({ id: '1', user_id: 'till/1', status: 'ko' }),
      transaction({ id: '2', user_id: 'till/10', status: 'ok' }),
      transaction({ id: '3', user_id: 'till/1', status: 'pending' }),
    ];
    expect(madeBy('till/1', list)?.id).toBe('3');
    expect(madeBy('till/2', list)).toBeUndefined();
  });
});
