import type { AdminTransaction, DistributorTransaction } from '@opentopup/contract';

/** A transaction of one's own; or of anybody, for the operator. */
export type AnyTransaction = DistributorTransaction & Partial<AdminTransaction>;
