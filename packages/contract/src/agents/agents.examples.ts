import { EXAMPLE_IDS, EXAMPLE_SINCE, EXAMPLE_SOLD } from '../example-values.ts';

const agent = {
  client_id: EXAMPLE_IDS.agent,
  name: 'Concierge',
  world: 'sandbox',
  offers: [EXAMPLE_IDS.offer],
  units_per_hour: 5,
  units_per_day: 20,
  line_units_per_day: 1,
  amount_per_day: 200,
  currency: 'EUR',
  released_up_to: null,
  used: { units_last_hour: 1, units_last_day: 3, amount_last_day: 23.76 },
  creation_date: EXAMPLE_SINCE,
};

/** What is told of a sale that an agent wants to make. */
export const EXAMPLE_PREVIEW = {
  id: EXAMPLE_IDS.preview,
  client_id: EXAMPLE_IDS.agent,
  agent_name: 'Concierge',
  status: 'waiting',
  offer_id: EXAMPLE_IDS.offer,
  offer_name: 'Mobile France 10 EUR',
  price: 7.92,
  currency: 'EUR',
  units_after: 311,
  creation_date: EXAMPLE_SOLD,
  expiration_date: '2026-11-24T10:22:56Z',
};

const preview = { ...EXAMPLE_PREVIEW, parameters: { msisdn: '+33684587587' } };

/** Examples of answers, by the title of their schema. */
export const AGENT_EXAMPLES = {
  Agent: agent,
  NewAgent: { ...agent, client_secret: 'shown-this-once' },
  SalePreview: preview,
  NewSalePreview: { ...preview, token: 'shown-this-once' },
};
