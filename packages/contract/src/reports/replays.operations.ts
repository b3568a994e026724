import { SUPPORT } from '../access/role-groups.ts';
import { EXAMPLE_IDS } from '../example-values.ts';
import { operation } from '../operation.ts';
import { answer, ofOperator } from '../operation-parts.ts';
import { Replay, ReplayCreation, ReplayQuery } from './replays.ts';

/** How past sales would have gone. */
export const OPERATOR_REPLAY_OPERATIONS = {
  replaySales: operation({
    id: 'replaySales',
    method: 'POST',
    path: '/admin/v1/replays',
    tag: 'All transactions',
    summary: 'Estimates what past sales would have cost under other routes or costs, and how many would have failed',
    description:
      'Nothing is sold, and nothing is changed. Each recorded order is followed along the route that is tried. At each product ' +
      'it fares as those orders did that came to it in the same hour, or else as near to that as anything was seen: ' +
      '`evidence` tells how many attempts rest on what. What a delivery costs is what was charged in that hour, or what the ' +
      'catalogue said when the hour began, at the exchange rates of then; what nobody knew then stays unknown. Passed over ' +
      'is what cost too much, as a route does it. Not known of then, and left out, are limits of time, and how more orders ' +
      'would have changed a supplier.',
    ...ofOperator,
    roles: SUPPORT,
    query: ReplayQuery,
    body: ReplayCreation,
    bodyExample: {
      routes: [{ offer_id: EXAMPLE_IDS.offer, strategy: 'cheapest', products: [{ product_id: EXAMPLE_IDS.product }] }],
      prices: [{ product_id: EXAMPLE_IDS.product, cost: 7.1, currency: 'EUR' }],
    },
    answers: { 200: answer('What happened, and the estimate', Replay) },
    reasons: ['product_does_not_fit'],
  }),
} as const;
