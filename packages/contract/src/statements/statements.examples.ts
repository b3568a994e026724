import { EXAMPLE_IDS, EXAMPLE_SOLD } from '../example-values.ts';

const HASH = '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08';
const TOTAL = { currency: 'EUR', vat_rate: 20, units: 4, fees: 2, net: 26.4, vat: 5.28, total: 31.68 };
const DAYS = { first_day: '2026-11-01', last_day: '2026-11-30' };
const CLOSED = '2026-12-01T00:10:00Z';
const COUNTS = { sold: 5, delivered_late: 0, reversed: 1 };

const SETTINGS = { time_zone: 'Europe/Paris', emails: ['books@airport-shop.example'] };

/** Examples of answers, by the title of their schema. */
export const STATEMENT_EXAMPLES = {
  Statement: {
    id: EXAMPLE_IDS.statement,
    distributor_id: EXAMPLE_IDS.distributor,
    distributor_name: 'Airport shop',
    status: 'closed',
    number: 1,
    ...DAYS,
    closing_date: CLOSED,
    hash: HASH,
    totals: [TOTAL],
  },
  SignedStatement: {
    document: {
      type: 'statement',
      title: 'Statement, not an invoice',
      id: EXAMPLE_IDS.statement,
      number: 1,
      distributor_id: EXAMPLE_IDS.distributor,
      distributor_name: 'Airport shop',
      world: 'live',
      ...DAYS,
      time_zone: 'Europe/Paris',
      from: '2026-10-31T23:00:00Z',
      before: '2026-11-30T23:00:00Z',
      closing_date: CLOSED,
      offers: [
        {
          offer_id: EXAMPLE_IDS.offer,
          offer_name: 'Mobile France 10 EUR',
          currency: 'EUR',
          opening: 0,
          granted: 100,
          adjusted: 0,
          ...COUNTS,
          closing: 96,
          held: 0,
          owed: 0,
          sales: [
            {
              resell_value: 7.92,
              distributor_fees: 0.5,
              vat_rate: 20,
              vat_included: true,
              ...COUNTS,
              value: 31.68,
              fees: 2,
            },
          ],
          cut: { seq: 12, head: HASH },
        },
      ],
      bookings: [
        { offer_id: EXAMPLE_IDS.offer, kind: 'grant', units: 100, reference: 'PO-2026-118', date: EXAMPLE_SOLD },
      ],
      totals: [TOTAL],
    },
    signature: {
      kid: 'kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k',
      algorithm: 'EdDSA',
      value: 'A'.repeat(86),
    },
  },
  StatementSettings: SETTINGS,
  VatRate: { rate: 20, included: true, since: EXAMPLE_SOLD },
};
