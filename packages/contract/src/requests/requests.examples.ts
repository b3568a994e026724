import { EXAMPLE_IDS, EXAMPLE_SOLD } from '../example-values.ts';

const refused = {
  method: 'POST',
  route: '/distributors/transactions',
  reason: 'bad_parameter',
  line_digits: 10,
  line_begins: '08',
};

/** Examples of answers, by the title of their schema. */
export const REQUEST_EXAMPLES = {
  LoggedRequest: {
    id: EXAMPLE_IDS.request,
    date: EXAMPLE_SOLD,
    client_id: EXAMPLE_IDS.client,
    ...refused,
    path: '/distributors/transactions',
    status: 400,
    duration_ms: 3,
    body: `{"offer_id":"${EXAMPLE_IDS.offer}","parameters":{"msisdn":"••••••••42"}}`,
  },
  RefusalGroup: {
    ...refused,
    count: 412,
    first_date: '2026-11-24T08:00:31Z',
    last_date: EXAMPLE_SOLD,
    last_request_id: EXAMPLE_IDS.request,
  },
};
