import { ACCOUNT_OPERATIONS } from '../access/accounts.operations.ts';
import { EVENT_OPERATIONS } from '../events/events.operations.ts';
import type { Operation } from '../operation.ts';
import { DISTRIBUTOR_OPERATIONS } from './distributor.ts';
import { OPERATOR_OPERATIONS } from './operator.ts';
import { SERVICE_OPERATIONS } from './service.ts';
import { SUPPLIER_OPERATIONS } from './supplier.ts';
import { WIRE_OPERATIONS } from './wire.ts';

export {
  ACCOUNT_OPERATIONS,
  DISTRIBUTOR_OPERATIONS,
  EVENT_OPERATIONS,
  OPERATOR_OPERATIONS,
  SERVICE_OPERATIONS,
  SUPPLIER_OPERATIONS,
  WIRE_OPERATIONS,
};

/** Where the operations of the wire answer, and to which world each base belongs. The root is the live one's too. */
export const BASES = [
  { prefix: '/travel-b2b/v1', world: 'live' },
  { prefix: '', world: 'live' },
  { prefix: '/travel-b2b-sandbox/v1', world: 'sandbox' },
] as const;

/** Every operation there is. */
export const OPERATIONS: readonly Operation[] = [
  ...Object.values(SERVICE_OPERATIONS),
  ...Object.values(WIRE_OPERATIONS),
  ...Object.values(DISTRIBUTOR_OPERATIONS),
  ...Object.values(OPERATOR_OPERATIONS),
  ...Object.values(SUPPLIER_OPERATIONS),
  ...Object.values(ACCOUNT_OPERATIONS),
];
