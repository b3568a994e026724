import { type CatalogueEntry, type Promotion, type Supplier, type SupplierFunds, wireDate } from '@opentopup/contract';
import type { SupplierPromotion } from '../../connectors/connector.ts';
import type { CatalogueRow } from './listings.query.ts';
import type { SupplierDetail } from './suppliers.query.ts';

const instant = (at: string | null): string | undefined => (at === null ? undefined : wireDate(new Date(at)));

/** Presents the money at a supplier as it goes on the wire. */
export function wireFunds(balance: NonNullable<SupplierDetail['balance']>): SupplierFunds {
  const { available, held, credit_limit, currency, cause } = balance;
  const told = {
    available,
    held,
    credit_limit,
    currency,
    cause,
    read_date: instant(balance.read_at),
    low_date: instant(balance.low_since),
    failure_date: instant(balance.failed_at),
  };
  return Object.fromEntries(Object.entries(told).filter(([, value]) => value !== null && value !== undefined));
}

export const wireSupplier = ({
  created_at,
  secret_names,
  outage,
  reading,
  balance,
  ...row
}: SupplierDetail): Supplier => ({
  ...row,
  secrets: secret_names,
  ...(reading && {
    catalogue: {
      ...(reading.read_at !== null && { read_date: wireDate(new Date(reading.read_at)) }),
      ...(reading.failed_at !== null && { failure_date: wireDate(new Date(reading.failed_at)) }),
      ...(reading.cause !== null && { cause: reading.cause }),
      ...(reading.coming !== null && { coming: reading.coming }),
    },
  }),
  ...(balance && (balance.read_at ?? balance.failed_at) && { balance: wireFunds(balance) }),
  ...(outage && {
    outage: {
      since: wireDate(new Date(outage.began_at)),
      ...(outage.ended_at !== null && { until: wireDate(new Date(outage.ended_at)) }),
      cause: outage.cause,
    },
  }),
  creation_date: wireDate(created_at),
});

export function wireCatalogueEntry({
  product_id,
  changed_at,
  withdrawn_at,
  listed,
  ...row
}: CatalogueRow): CatalogueEntry {
  const { line_country, network, denomination, range } = listed ?? {};
  return {
    ...row,
    ...(line_country !== undefined && { line_country }),
    ...(network && { network }),
    ...(denomination && { denomination }),
    ...(range && { range }),
    ...(product_id !== null && { product_id }),
    change_date: wireDate(changed_at),
    ...(withdrawn_at && { withdrawal_date: wireDate(withdrawn_at) }),
  };
}

export function wirePromotion({ begins_at, ends_at, countries, ...promotion }: SupplierPromotion): Promotion {
  return {
    ...promotion,
    countries: [...countries],
    ...(begins_at && { begin_date: wireDate(begins_at) }),
    ...(ends_at && { end_date: wireDate(ends_at) }),
  };
}
