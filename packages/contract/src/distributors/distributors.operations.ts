import { OPERATORS, SUPPORT } from '../access/role-groups.ts';
import { operation } from '../operation.ts';
import { answer, Id, list, ofOperator } from '../operation-parts.ts';
import { Page } from '../service.ts';
import { Distributor, DistributorChange, DistributorCreation } from './distributors.ts';

/** Operations on distributors. */
export const OPERATOR_DISTRIBUTOR_OPERATIONS = {
  listDistributors: operation({
    id: 'listDistributors',
    method: 'GET',
    path: '/admin/v1/distributors',
    tag: 'Distributors',
    summary: 'All distributors, oldest first',
    ...ofOperator,
    roles: SUPPORT,
    query: Page,
    answers: list('A page of distributors', Distributor),
  }),
  createDistributor: operation({
    id: 'createDistributor',
    method: 'POST',
    path: '/admin/v1/distributors',
    tag: 'Distributors',
    summary: 'Adds a distributor',
    ...ofOperator,
    roles: OPERATORS,
    body: DistributorCreation,
    bodyExample: { name: 'Airport shop' },
    answers: { 201: answer('The distributor', Distributor) },
    reasons: ['id_taken'],
  }),
  getDistributor: operation({
    id: 'getDistributor',
    method: 'GET',
    path: '/admin/v1/distributors/{id}',
    tag: 'Distributors',
    summary: 'One distributor',
    ...ofOperator,
    roles: SUPPORT,
    params: Id,
    answers: { 200: answer('The distributor', Distributor) },
  }),
  changeDistributor: operation({
    id: 'changeDistributor',
    method: 'PATCH',
    path: '/admin/v1/distributors/{id}',
    tag: 'Distributors',
    summary: 'Changes a distributor',
    ...ofOperator,
    roles: OPERATORS,
    params: Id,
    body: DistributorChange,
    bodyExample: { status: 'suspended' },
    answers: { 200: answer('The distributor as it is now', Distributor) },
  }),
} as const;
