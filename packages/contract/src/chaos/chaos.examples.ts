import { EXAMPLE_IDS, EXAMPLE_SOLD } from '../example-values.ts';

/** Examples of answers, by the title of their schema. */
export const CHAOS_EXAMPLES = {
  Chaos: {
    client_id: EXAMPLE_IDS.sandboxClient,
    effects: { cut_after: 10, delay: 10, webhook_twice: 20 },
    delay_ms: 3_000,
    seed: 7,
    end_date: '2026-11-24T10:42:00Z',
    orders: 42,
    events: 61,
  },
  ChaosEffect: {
    id: EXAMPLE_IDS.chaosEffect,
    date: EXAMPLE_SOLD,
    client_id: EXAMPLE_IDS.sandboxClient,
    effect: 'cut_after',
    cause: 'setting',
    number: 17,
    request_id: EXAMPLE_IDS.request,
    transaction_id: EXAMPLE_IDS.transaction,
  },
};
