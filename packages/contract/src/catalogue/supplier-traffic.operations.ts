import { SUPPORT } from '../access/role-groups.ts';
import { operation } from '../operation.ts';
import { Id, list, ofOperator } from '../operation-parts.ts';
import { Page } from '../service.ts';
import { SupplierCallEntry, SupplierCallQuery, SupplierRoute } from './supplier-traffic.ts';

/** What goes through a supplier. */
export const OPERATOR_SUPPLIER_TRAFFIC_OPERATIONS = {
  listSupplierCalls: operation({
    id: 'listSupplierCalls',
    method: 'GET',
    path: '/admin/v1/suppliers/{id}/calls',
    tag: 'Catalogue',
    summary: 'The last calls of a supplier, newest first',
    description:
      'Kept as well as it can be, some moments after the call and for `EVENTS_KEEP_DAYS`. What was said in one is with its ' +
      'sale (`listExchanges`). The simulator keeps only what is not a success at once.',
    ...ofOperator,
    roles: SUPPORT,
    params: Id,
    query: SupplierCallQuery,
    answers: list('A page of its calls', SupplierCallEntry),
  }),
  listSupplierRoutes: operation({
    id: 'listSupplierRoutes',
    method: 'GET',
    path: '/admin/v1/suppliers/{id}/routes',
    tag: 'Catalogue',
    summary: 'Which offers a supplier may deliver, at which place, and how much of the last day it did',
    ...ofOperator,
    roles: SUPPORT,
    params: Id,
    query: Page,
    answers: list('A page of offers, the most sold first', SupplierRoute),
  }),
} as const;
