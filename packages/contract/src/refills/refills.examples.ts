import { EXAMPLE_IDS, EXAMPLE_SOLD } from '../example-values.ts';

const EXAMPLE_ORDER = {
  id: EXAMPLE_IDS.refill,
  offer_id: EXAMPLE_IDS.offer,
  offer_name: 'Mobile France 10 EUR',
  units: 430,
  reference: 'PO-2026-118',
  status: 'open',
  creation_date: EXAMPLE_SOLD,
};

/** Examples of answers, by the title of their schema. */
export const REFILL_EXAMPLES = {
  OwnRefillOrder: EXAMPLE_ORDER,
  RefillOrder: {
    ...EXAMPLE_ORDER,
    distributor_id: EXAMPLE_IDS.distributor,
    distributor_name: 'Airport shop',
    ordered_by: `client ${EXAMPLE_IDS.client}`,
    available: 312,
  },
};
