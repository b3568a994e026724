import { expect, it } from 'vitest';
import { type BookedSale, compareWithBooks } from './compare.ts';
import type { Believed } from './patient.ts';

const MSISDN = '+33684123587';
const ORDER = { order: 'doctor-1', offer_id: 'an offer', msisdn: MSISDN };
const sale = (id: string, status: BookedSale['status'] = 'ok'): BookedSale => ({ id, status, msisdn: MSISDN });
const found = (believed: Believed, sales: BookedSale[], transaction_id: string | null = null) =>
  compareWithBooks([{ order: ORDER, belief: { believed, transaction_id } }], sales, []).flatMap(({ faults }) => faults);

it.each<[string, Believed, BookedSale[], string | null, string[]]>([
  ['sold once, and known', 'sold', [sale('a')], 'a', []],
  ['sold once, known without a name', 'sold', [sale('a')], null, []],
  ['refused, and known', 'refused', [sale('a', 'ko')], null, []],
  ['never made, and known', 'refused', [], null, []],
  ['open, and known', 'pending', [sale('a', 'pending')], null, []],
  ['sold after a refusal, under another key', 'sold', [sale('a', 'ko'), sale('b')], 'b', []],
  ['sold twice', 'sold', [sale('a'), sale('b')], 'b', ['doubled']],
  ['sold, and taken for refused', 'refused', [sale('a')], null, ['lost']],
  ['sold, and taken for open for ever', 'pending', [sale('a')], null, ['lost']],
  ['sold, and nothing said of it', 'nothing', [sale('a')], null, ['lost']],
  ['sold twice, and taken for refused', 'refused', [sale('a'), sale('b')], null, ['doubled', 'lost']],
  ['not sold, and taken for sold', 'sold', [], 'x', ['misread']],
  ['refused, and taken for sold', 'sold', [sale('a', 'ko')], 'a', ['misread']],
  ['refused, and taken for open for ever', 'pending', [sale('a', 'ko')], null, ['misread']],
  ['open, and taken for refused', 'refused', [sale('a', 'pending')], null, ['misread']],
  ['sold, and another sale taken for it', 'sold', [sale('a')], 'x', ['misread']],
])('an order that was %s', (_, believed, sales, transaction_id, findings) => {
  expect(found(believed, sales, transaction_id)).toEqual(findings);
});

it('what chaos did to the sales of an order is told with it, and what others sold is not', () => {
  const others = { ...sale('o'), msisdn: '+33684999587' };
  const effect = { id: 'e', date: '2026-11-24T10:12:56Z', effect: 'cut_after', cause: 'setting' } as const;
  const belief = { believed: 'refused', transaction_id: null } as const;
  expect(
    compareWithBooks(
      [{ order: ORDER, belief }],
      [sale('a'), others],
      [
        { ...effect, transaction_id: 'a' },
        { ...effect, transaction_id: 'o' },
      ],
    ),
  ).toEqual([
    {
      order: 'doctor-1',
      msisdn: MSISDN,
      faults: ['lost'],
      believed: 'refused',
      sold: 1,
      transactions: ['a'],
      effects: ['cut_after'],
    },
  ]);
});
