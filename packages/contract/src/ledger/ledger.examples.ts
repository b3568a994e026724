import { EXAMPLE_IDS, EXAMPLE_SINCE, EXAMPLE_SOLD } from '../example-values.ts';

/** The units of an offer, as the examples of all nouns show them. */
export const EXAMPLE_BUCKET = { granted: 500, available: 312, held: 1, sold: 187 };

/** Examples of answers, by the title of their schema. */
export const LEDGER_EXAMPLES = {
  Booking: {
    offer_id: EXAMPLE_IDS.offer,
    distributor_id: EXAMPLE_IDS.distributor,
    units: 50,
    reference: 'PO-4711',
    justification: 'Monthly order',
    creation_date: EXAMPLE_SINCE,
    bucket: EXAMPLE_BUCKET,
  },
  StockAt: {
    offer_id: EXAMPLE_IDS.offer,
    distributor_id: EXAMPLE_IDS.distributor,
    date: EXAMPLE_SOLD,
    bucket: EXAMPLE_BUCKET,
  },
  LedgerReport: {
    verified: true,
    date: EXAMPLE_SOLD,
    buckets: 1,
    movements: 376,
    transactions: 188,
    sums: EXAMPLE_BUCKET,
    faults: [],
  },
  Movement: { seq: 189, kind: 'sell', units: 1, date: EXAMPLE_SOLD, transaction_id: EXAMPLE_IDS.transaction },
};
