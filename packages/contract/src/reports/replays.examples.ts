import { EXAMPLE_IDS } from '../example-values.ts';

const actual = {
  orders: 214,
  ok: 205,
  ko: 9,
  pending: 0,
  not_known: 0,
  cost: [{ amount: 1476, currency: 'EUR' }],
  unpriced: 0,
  answer_ms: 840,
};
const estimate = { ...actual, ok: 210.4, ko: 3.6, cost: [{ amount: 1493.84, currency: 'EUR' }], answer_ms: 910 };

/** Examples of answers, by the title of their schema. */
export const REPLAY_EXAMPLES = {
  Replay: {
    from: '2026-10-01T00:00:00Z',
    to: '2026-11-01T00:00:00Z',
    totals: { actual, estimate },
    offers: [
      {
        offer_id: EXAMPLE_IDS.offer,
        offer_name: 'Mobile France 10 EUR',
        distributor_id: EXAMPLE_IDS.distributor,
        distributor_name: 'Airport shop',
        actual,
        estimate,
      },
    ],
    suppliers: [{ supplier_id: EXAMPLE_IDS.supplier, supplier_name: 'Orange France', actual, estimate }],
    days: [{ date: '2026-10-01T00:00:00Z', actual, estimate }],
    evidence: { offer_hour: 198.5, product_hour: 11, supplier_hour: 9.1, product: 4.2, supplier: 0, nothing: 0 },
  },
};
