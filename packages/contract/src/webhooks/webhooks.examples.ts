import { EXAMPLE_IDS, EXAMPLE_SINCE, EXAMPLE_SOLD } from '../example-values.ts';

const webhook = {
  id: EXAMPLE_IDS.webhook,
  url: 'https://shop.example/opentopup',
  events: ['transaction.resolved', 'stock.low'],
  status: 'active',
  creation_date: EXAMPLE_SINCE,
};

/** Examples of answers, by the title of their schema. */
export const WEBHOOK_EXAMPLES = {
  Webhook: webhook,
  NewWebhook: { ...webhook, secret: 'whsec_c2hvd24tdGhpcy1vbmNlLWFuZC1uZXZlci1hZ2Fpbg==' },
  Delivery: {
    webhook_id: EXAMPLE_IDS.webhook,
    event_id: EXAMPLE_IDS.event,
    type: 'transaction.completed',
    status: 'pending',
    attempts: 1,
    next_attempt_date: '2026-11-24T10:13:01Z',
    last_attempt_date: EXAMPLE_SOLD,
    duration_ms: 84,
    response_status: 502,
    response_text: 'Bad Gateway',
    error: 'answered 502',
  },
};
