import { EXAMPLE_IDS, EXAMPLE_SOLD } from '../example-values.ts';

/** What is told of an order that waits. */
export const EXAMPLE_PARKED = {
  id: EXAMPLE_IDS.parked,
  status: 'waiting',
  creation_date: EXAMPLE_SOLD,
  offer_id: EXAMPLE_IDS.offer,
  offer_name: 'Mobile France 10 EUR',
  user_id: 'till 7',
  park_until: '2026-11-25T10:12:56Z',
};

const parked = {
  ...EXAMPLE_PARKED,
  max_price: 7.92,
  currency: 'EUR',
  parameters: { msisdn: '+33684587587' },
  place: 3,
};

/** Examples of answers, by the title of their schema. */
export const PARKING_EXAMPLES = {
  ParkedOrder: parked,
  OperatorParkedOrder: {
    ...parked,
    distributor_id: EXAMPLE_IDS.distributor,
    distributor_name: 'Airport shop',
  },
};
