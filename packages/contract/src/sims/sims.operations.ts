import { READERS } from '../access/role-groups.ts';
import { operation } from '../operation.ts';
import { answer, Id, ofWire } from '../operation-parts.ts';
import { DistributorBalance, GlobalBalanceQuery, SimQuery, SimStatus, UsageBalance } from './sims.ts';

/** Operations that ask suppliers about the SIMs that were sold. */
export const WIRE_SIM_OPERATIONS = {
  getSimStatus: operation({
    id: 'getSimStatus',
    method: 'GET',
    path: '/distributors/suppliers/{id}/simstatus',
    tag: 'Suppliers',
    summary: 'How a SIM stands',
    description: 'Either `transaction` or `simId` is needed; a SIM to which you have sold nothing is unknown.',
    ...ofWire,
    roles: READERS,
    customer: 'asks',
    params: Id,
    query: SimQuery,
    answers: { 200: answer('Its status', SimStatus) },
    reasons: ['missing_query_parameter', 'not_supported', 'sim_unknown', 'supplier_silent'],
  }),
  getUsageBalance: operation({
    id: 'getUsageBalance',
    method: 'GET',
    path: '/distributors/suppliers/{id}/usagebalances',
    tag: 'Suppliers',
    summary: 'What is left on a SIM',
    description: 'Either `transaction` or `simId` is needed; a SIM to which you have sold nothing is unknown.',
    ...ofWire,
    roles: READERS,
    customer: 'asks',
    params: Id,
    query: SimQuery,
    answers: { 200: answer('Its balances', UsageBalance) },
    reasons: ['missing_query_parameter', 'not_supported', 'sim_unknown', 'supplier_silent'],
  }),
  getGlobalBalance: operation({
    id: 'getGlobalBalance',
    method: 'GET',
    path: '/distributors/suppliers/{id}/globalbalances',
    tag: 'Suppliers',
    summary: 'What all your SIMs consumed, by zone',
    ...ofWire,
    roles: READERS,
    params: Id,
    query: GlobalBalanceQuery,
    answers: { 200: answer('The consumption', DistributorBalance) },
    reasons: ['not_supported', 'supplier_silent'],
  }),
} as const;
