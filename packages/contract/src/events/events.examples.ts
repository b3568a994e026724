import { EXAMPLE_IDS, EXAMPLE_SOLD } from '../example-values.ts';
import { EXAMPLE_TRANSACTION } from '../sales/transactions.examples.ts';

const event = {
  id: EXAMPLE_IDS.event,
  type: 'transaction.completed',
  version: 1,
  created: EXAMPLE_SOLD,
  data: EXAMPLE_TRANSACTION,
};

/** Examples of answers, by the title of their schema. */
export const EVENT_EXAMPLES = {
  Event: event,
  DistributorEvent: { distributor_id: EXAMPLE_IDS.distributor, event },
};
