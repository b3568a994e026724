import { EXAMPLE_IDS } from '../example-values.ts';

const figures = {
  orders: 214,
  ok: 209,
  ko: 4,
  expired: 0,
  pending: 1,
  refused: 3,
  value: [{ amount: 1655.28, currency: 'EUR' }],
};

const compared = { ...figures, compared: figures, previous: { ...figures, orders: 198, ok: 193 } };

/** Examples of answers, by the title of their schema. */
export const OVERVIEW_EXAMPLES = {
  Overview: {
    from: '2026-10-01T00:00:00Z',
    to: '2026-11-01T00:00:00Z',
    step: 'day',
    compared: { from: '2026-10-01T00:00:00Z', to: '2026-11-01T00:00:00Z' },
    previous: { from: '2026-08-31T00:00:00Z', to: '2026-10-01T00:00:00Z' },
    totals: compared,
    reversed: { orders: 1, value: [{ amount: 7.92, currency: 'EUR' }] },
    delivered_late: { orders: 0, value: [] },
    points: [{ date: '2026-10-01T00:00:00Z', ...figures }],
    offers: [
      {
        offer_id: EXAMPLE_IDS.offer,
        offer_name: 'Mobile France 10 EUR',
        distributor_id: EXAMPLE_IDS.distributor,
        distributor_name: 'Airport shop',
        supplier_id: EXAMPLE_IDS.supplier,
        supplier_name: 'Orange France',
        ...compared,
      },
    ],
    suppliers: [
      {
        supplier_id: EXAMPLE_IDS.supplier,
        supplier_name: 'Orange France',
        ...compared,
        answers: 213,
        unanswered: 1,
        median_ms: 380,
        p95_ms: 1_240,
      },
    ],
    reasons: [{ reason: 'line_barred', ended: 4, refused: 0, previous: 2 }],
    stock_outs: [
      {
        offer_id: EXAMPLE_IDS.offer,
        offer_name: 'Mobile France 10 EUR',
        distributor_id: EXAMPLE_IDS.distributor,
        distributor_name: 'Airport shop',
        times: [{ from: '2026-10-12T09:20:00Z', to: '2026-10-12T13:50:00Z' }],
        seconds: 16_200,
        refused: 3,
        missed_units: 4.6,
        missed_value: { amount: 36.43, currency: 'EUR' },
      },
    ],
    waiting: { parked_orders: 2, sale_previews: 1 },
  },
};
