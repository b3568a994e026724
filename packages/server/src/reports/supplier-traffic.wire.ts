import { type SupplierCallEntry, type SupplierRoute, wireDate } from '@opentopup/contract';
import { maskedText } from '../values/line.ts';
import type { SupplierCallRow, SupplierRouteRow } from './supplier-traffic.query.ts';

export function wireSupplierCall({ at, attempt, status, failure, reason, ...row }: SupplierCallRow): SupplierCallEntry {
  return {
    ...row,
    ...(attempt > 1 && { attempt }),
    date: wireDate(at),
    ...(status !== null && { status }),
    ...(failure !== null && { failure: maskedText(failure) }),
    ...(reason !== null && { reason }),
  };
}

export const wireSupplierRoute = ({ strategy, ...row }: SupplierRouteRow, since: Date): SupplierRoute => ({
  ...row,
  ...(strategy !== null && { strategy }),
  since: wireDate(since),
});
