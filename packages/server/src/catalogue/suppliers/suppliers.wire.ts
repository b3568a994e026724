import { type CatalogueEntry, type Supplier, wireDate } from '@opentopup/contract';
import type { CatalogueRow, SupplierDetail } from './suppliers.query.ts';

export const wireSupplier = ({ created_at, secret_names, outage, reading, ...row }: SupplierDetail): Supplier => ({
  ...row,
  secrets: secret_names,
  ...(reading && {
    catalogue: {
      ...(reading.read_at !== null && { read_date: wireDate(new Date(reading.read_at)) }),
      ...(reading.failed_at !== null && { failure_date: wireDate(new Date(reading.failed_at)) }),
      ...(reading.cause !== null && { cause: reading.cause }),
    },
  }),
  ...(outage && {
    outage: {
      since: wireDate(new Date(outage.began_at)),
      ...(outage.ended_at !== null && { until: wireDate(new Date(outage.ended_at)) }),
      cause: outage.cause,
    },
  }),
  creation_date: wireDate(created_at),
});

export const wireCatalogueEntry = ({ product_id, changed_at, withdrawn_at, ...row }: CatalogueRow): CatalogueEntry => ({
  ...row,
  ...(product_id !== null && { product_id }),
  change_date: wireDate(changed_at),
  ...(withdrawn_at && { withdrawal_date: wireDate(withdrawn_at) }),
});
