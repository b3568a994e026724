import { READERS, SUPPORT } from '../access/role-groups.ts';
import { operation } from '../operation.ts';
import { Id, list, ofDistributor, ofOperator } from '../operation-parts.ts';
import { AdminAttempt, DeliveryAttempt } from './attempts.ts';

const summary = 'The attempts to deliver an order, one after the other';
const description = 'There is one, unless several suppliers may deliver the offer and the first ones could not.';

/** How often it was tried to deliver a sale, and by whom. */
export const ATTEMPT_OPERATIONS = {
  listOwnAttempts: operation({
    id: 'listOwnAttempts',
    method: 'GET',
    path: '/v1/transactions/{id}/attempts',
    tag: 'Transactions',
    summary,
    description,
    ...ofDistributor,
    roles: READERS,
    params: Id,
    answers: list('All attempts, the first one first', DeliveryAttempt),
  }),
} as const;

/** The same of any distributor's sale. */
export const OPERATOR_ATTEMPT_OPERATIONS = {
  listAttempts: operation({
    id: 'listAttempts',
    method: 'GET',
    path: '/admin/v1/transactions/{id}/attempts',
    tag: 'All transactions',
    summary,
    description,
    ...ofOperator,
    roles: SUPPORT,
    params: Id,
    answers: list('All attempts, the first one first', AdminAttempt),
  }),
} as const;
