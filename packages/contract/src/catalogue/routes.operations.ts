import { OPERATORS, SUPPORT } from '../access/role-groups.ts';
import { EXAMPLE_IDS } from '../example-values.ts';
import { operation } from '../operation.ts';
import { answer, Id, ofOperator } from '../operation-parts.ts';
import { OfferRoute, RouteCreation } from './routes.ts';

/** Through which suppliers an offer is delivered. */
export const OPERATOR_ROUTE_OPERATIONS = {
  getOfferRoute: operation({
    id: 'getOfferRoute',
    method: 'GET',
    path: '/admin/v1/offers/{id}/route',
    tag: 'Catalogue',
    summary: 'The products that may deliver an offer, and which would be passed over now',
    description: '`not_found` where the offer has no route: then its own product alone delivers it.',
    ...ofOperator,
    roles: SUPPORT,
    params: Id,
    answers: { 200: answer('The route', OfferRoute) },
  }),
  setOfferRoute: operation({
    id: 'setOfferRoute',
    method: 'PUT',
    path: '/admin/v1/offers/{id}/route',
    tag: 'Catalogue',
    summary: 'Lets several products deliver an offer',
    description:
      'A next product is tried only after proof that the one before has delivered nothing, and never for a refusal that ' +
      'is about the line itself. Orders that are under way keep the route that they began with.',
    ...ofOperator,
    roles: OPERATORS,
    params: Id,
    body: RouteCreation,
    bodyExample: { strategy: 'order', products: [{ product_id: EXAMPLE_IDS.product }], sell_below_cost: true },
    answers: { 200: answer('The route as it is now', OfferRoute) },
    reasons: ['product_does_not_fit'],
  }),
  removeOfferRoute: operation({
    id: 'removeOfferRoute',
    method: 'DELETE',
    path: '/admin/v1/offers/{id}/route',
    tag: 'Catalogue',
    summary: 'Lets its own product alone deliver an offer again',
    ...ofOperator,
    roles: OPERATORS,
    params: Id,
    answers: { 200: answer('The route as it was', OfferRoute) },
  }),
} as const;
