import { EXAMPLE_IDS, EXAMPLE_SOLD } from '../example-values.ts';

const EXAMPLE_REQUEST = {
  id: EXAMPLE_IDS.reversal,
  transaction_id: EXAMPLE_IDS.transaction,
  offer_name: 'Mobile France 10 EUR',
  resell_value: 7.92,
  currency: 'EUR',
  reason: 'not_delivered',
  justification: 'The customer has no credit; ticket 4711',
  creation_date: EXAMPLE_SOLD,
  status: 'open',
};

/** Examples of answers, by the title of their schema. */
export const REVERSAL_EXAMPLES = {
  OwnReversalRequest: EXAMPLE_REQUEST,
  ReversalRequest: {
    ...EXAMPLE_REQUEST,
    distributor_id: EXAMPLE_IDS.distributor,
    distributor_name: 'Airport shop',
    origin: 'distributor',
    requested_by: `client ${EXAMPLE_IDS.client}`,
    second_person: false,
  },
};
