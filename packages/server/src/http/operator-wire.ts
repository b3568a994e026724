import {
  type AdminTransaction,
  type AuditEntry,
  type Booking,
  type CatalogueEntry,
  type Credential,
  type Distributor,
  type Language,
  type Movement,
  type Offer,
  type Product,
  type Supplier,
  wireDate,
} from '@opentopup/contract';
import { amountOf, feeOnWire } from '../domain/money.ts';
import { saleStatus } from '../domain/sale-status.ts';
import type { Booked } from '../flows/book-stock.ts';
import { wireTransaction } from '../flows/wire.ts';
import type { AuditRow } from '../store/queries/operator/audit.ts';
import type { CredentialRow } from '../store/queries/operator/credentials.ts';
import type { DistributorDetail } from '../store/queries/operator/distributors.ts';
import type { MovementRow } from '../store/queries/operator/movements.ts';
import type { OfferDetail } from '../store/queries/operator/offers.ts';
import type { ProductDetail } from '../store/queries/operator/products.ts';
import type { CatalogueRow } from '../store/queries/operator/supplier-catalogue.ts';
import type { SupplierDetail } from '../store/queries/operator/suppliers.ts';
import type { TransactionDetail } from '../store/queries/operator/transactions.ts';

/** What the operator is answered: each row as it goes on the wire. */

export const wireDistributor = ({ created_at, sandbox_of, ...row }: DistributorDetail): Distributor => ({
  ...row,
  ...(sandbox_of !== null && { sandbox_of }),
  creation_date: wireDate(created_at),
});

export function wireCredential(row: CredentialRow): Credential {
  const { created_at, rotated_at, old_secret_until, revoked_at, ...rest } = row;
  return {
    ...rest,
    creation_date: wireDate(created_at),
    ...(rotated_at && { rotation_date: wireDate(rotated_at) }),
    ...(old_secret_until && { old_secret_expiration_date: wireDate(old_secret_until) }),
    ...(revoked_at && { revocation_date: wireDate(revoked_at) }),
  };
}

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

export function wireProduct(row: ProductDetail): Product {
  const { created_at, bonus_value_minor, supplier_reference, transaction_type, ...rest } = row;
  return {
    ...rest,
    transaction_type: transaction_type as Product['transaction_type'],
    bonus_value: amountOf(bonus_value_minor, row.currency),
    ...(supplier_reference !== null && { supplier_reference }),
    creation_date: wireDate(created_at),
  };
}

export const wireCatalogueEntry = ({ product_id, changed_at, withdrawn_at, ...row }: CatalogueRow): CatalogueEntry => ({
  ...row,
  ...(product_id !== null && { product_id }),
  change_date: wireDate(changed_at),
  ...(withdrawn_at && { withdrawal_date: wireDate(withdrawn_at) }),
});

export function wireOfferDetail(row: OfferDetail, now: Date): Offer {
  return {
    id: row.id,
    distributor_id: row.distributor_id,
    product_id: row.product_id,
    name: row.name,
    version: row.version,
    status: saleStatus(row, row.product_status, now),
    resell_value: amountOf(row.resell_value_minor, row.currency),
    ...(row.cost !== null && { cost: row.cost }),
    distributor_fees: feeOnWire(row, row.currency),
    distributor_fees_type: row.fees_type,
    currency: row.currency,
    tags: row.tags,
    ...(row.metadata !== null && { metadata: row.metadata }),
    creation_date: wireDate(row.created_at),
    update_date: wireDate(row.updated_at),
    ...(row.expires_at && { expiration_date: wireDate(row.expires_at) }),
    bucket: { granted: row.granted, available: row.available, held: row.held, sold: row.sold },
  };
}

export function wireBooking(row: Booked): Booking {
  const { at, kind: _, ...booked } = row;
  return { ...booked, creation_date: wireDate(at) };
}

export function wireMovement({ at, transaction_id, reference, justification, ...row }: MovementRow): Movement {
  return {
    ...row,
    date: wireDate(at),
    ...(transaction_id !== null && { transaction_id }),
    ...(reference !== null && { reference }),
    ...(justification !== null && { justification }),
  };
}

export function wireTransactionDetail(row: TransactionDetail, language: Language): AdminTransaction {
  return {
    ...wireTransaction(row, language),
    distributor_id: row.distributor_id,
    distributor_name: row.distributor_name,
    supplier_id: row.supplier_id,
    ...(row.supplier_reference !== null && { supplier_reference: row.supplier_reference }),
    ...(row.supplier_cost !== null && { supplier_cost: row.supplier_cost }),
    ...(row.supplier_currency !== null && { supplier_currency: row.supplier_currency }),
    ...(row.message !== null && { supplier_message: row.message }),
    ...(row.pending_cause !== null && { pending_cause: row.pending_cause }),
    ...(row.next_look_at && { next_look_date: wireDate(row.next_look_at) }),
  };
}

export const wireAuditEntry = ({ at, distributor_id, actor_email, ...row }: AuditRow): AuditEntry => ({
  ...row,
  ...(actor_email !== null && { actor_email }),
  date: wireDate(at),
  ...(distributor_id !== null && { distributor_id }),
});
