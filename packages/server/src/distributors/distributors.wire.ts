import { type Distributor, wireDate } from '@opentopup/contract';
import type { DistributorDetail } from './distributors.query.ts';

export const wireDistributor = ({ created_at, sandbox_of, ...row }: DistributorDetail): Distributor => ({
  ...row,
  ...(sandbox_of !== null && { sandbox_of }),
  creation_date: wireDate(created_at),
});
