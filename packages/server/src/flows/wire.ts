import {
  type DistributorTransaction,
  type Identification,
  type IdentificationCase,
  type Language,
  type OfferLight,
  type OwnMessages,
  type PriceVersion,
  type Reason,
  type Refusal,
  type TransactionParameters,
  tellCustomer,
  wireDate,
} from '@opentopup/contract';
import { readSerial } from '@opentopup/contract/lines/read-serial';
import { countryOf } from '../domain/country.ts';
import { FORGOTTEN } from '../domain/line.ts';
import { amountOf, type Fee, feeOn, feeOnWire } from '../domain/money.ts';
import { saleStatus } from '../domain/sale-status.ts';
import { outcomeOf, valuesOf } from '../flows/read-wording.ts';
import type { IdentificationRow, IdentificationStatus } from '../store/queries/identifications.ts';
import type { OfferRow, OfferVersionRow } from '../store/queries/offers.ts';
import type { TransactionRow } from '../store/queries/transactions.ts';

/** What an offer costs, or a sale cost, as it goes on the wire. */
export function wirePrice({ resell_value_minor, ...fee }: Fee & { resell_value_minor: number }, currency: string) {
  const margin_minor = feeOn(resell_value_minor, fee);
  return {
    resell_value: amountOf(resell_value_minor, currency),
    distributor_fees: feeOnWire(fee, currency),
    distributor_fees_type: fee.fees_type,
    public_price: amountOf(resell_value_minor + margin_minor, currency),
    margin: amountOf(margin_minor, currency),
  };
}

/** What an offer has cost from some moment on, as it goes on the wire. */
export function wirePriceVersion(row: OfferVersionRow, currency: string): PriceVersion {
  const { version, since, name } = row;
  return { version, since: wireDate(since), name, ...wirePrice(row, currency), currency };
}

/** An offer as it goes on the wire. Fields that the published file and the guide name differently are sent twice. */
export function wireOffer(row: OfferRow, now: Date): OfferLight {
  const { product } = row;
  const price = wirePrice(row, product.currency);
  return {
    id: row.id,
    name: row.name,
    product: {
      id: product.id,
      name: product.name,
      type: product.type,
      supplier_id: product.supplier_id,
      coverage_zone: product.coverage_zone.map(countryOf),
      tags: product.tags,
      reference_currency: product.currency,
      bonus_value: amountOf(product.bonus_value_minor, product.currency),
      metadata: product.metadata,
      ...(product.line_kind === null ? {} : { line_kind: product.line_kind }),
      ...(product.line_kind === 'msisdn' ? { line_country: row.supplier.country } : {}),
      ...(product.line_kind === 'simId' ? { sim_check_digit: row.supplier.sim_check_digit } : {}),
    },
    distributor_id: row.distributor_id,
    bucket: row.available,
    last_bucket_update: wireDate(row.bucket_updated_at),
    bucket_update_date: wireDate(row.bucket_updated_at),
    creation_date: wireDate(row.created_at),
    update_date: wireDate(row.updated_at),
    ...(row.expires_at ? { expiration_date: wireDate(row.expires_at) } : {}),
    status: saleStatus(row, product.status, now),
    ...price,
    distribution_fees: price.distributor_fees,
    distribution_fees_type: price.distributor_fees_type,
    tags: row.tags,
    ...(row.metadata === null ? {} : { metadata: row.metadata }),
  };
}

interface Kyc {
  kyc_level: number | null;
  kyc_url: string | null;
  kyc_deadline: Date | null;
  kyc_status: IdentificationStatus | null;
}

/** How an eSIM's user has to be identified; null where nobody has to be. */
function identificationOf({ kyc_level, kyc_url, kyc_deadline, kyc_status }: Kyc): Identification | null {
  if (kyc_deadline === null || kyc_status === null) return null;
  return { level: kyc_level ?? 0, url: kyc_url ?? '', deadline: wireDate(kyc_deadline), status: kyc_status };
}

/** An identification as it goes on the wire. */
export function wireIdentification(row: IdentificationRow): IdentificationCase {
  return {
    transaction_id: row.transaction_id,
    offer_name: row.offer_name,
    ...(row.user_id === null ? {} : { user_id: row.user_id }),
    sale_date: wireDate(row.sold_at),
    ...(identificationOf(row) as Identification),
    reminders: row.reminders,
    ...(row.reminded_at ? { last_reminder_date: wireDate(row.reminded_at) } : {}),
  };
}

/** The line that was recharged, as long as it is kept, or what is shown of the eSIM. */
function parametersOf({ line, line_kind }: TransactionRow, esim: TransactionParameters): TransactionParameters {
  if (line_kind === null) return esim;
  return line === null || line === FORGOTTEN ? {} : { [line_kind]: line };
}

/** Whether a SIM was recharged that its supplier wants to be told of. */
function isDoubtful({ line, line_kind, sim_check_digit }: TransactionRow): boolean {
  if (line_kind !== 'simId' || sim_check_digit !== 'warn' || line === null || line === FORGOTTEN) return false;
  return !readSerial(line).ok;
}

/**
 * A transaction as it goes on the wire.
 * @param own the distributor's own words for its end customer
 * @param esim what is shown of an eSIM that was sold
 */
export function wireTransaction(
  row: TransactionRow,
  language: Language,
  own: OwnMessages = {},
  esim: TransactionParameters = {},
): DistributorTransaction {
  const identification = identificationOf(row);
  const reason = (row.reason ?? undefined) as Reason | undefined;
  return {
    id: row.id,
    status: row.status,
    product_type: row.transaction_type as DistributorTransaction['product_type'],
    billing_mode: 'prepaid',
    creation_date: wireDate(row.created_at),
    change_date: wireDate(row.changed_at),
    offer_id: row.offer_id,
    offer_name: row.offer_name,
    product_name: row.product_name,
    supplier_name: row.supplier_name,
    ...(row.voucher_id === null ? {} : { voucher_id: row.voucher_id }),
    ...wirePrice(row, row.currency),
    bonus_value: amountOf(row.bonus_value_minor, row.currency),
    reference_currency: row.currency,
    local_currency: row.currency,
    ...(row.user_id === null ? {} : { user_id: row.user_id }),
    parameters: parametersOf(row, esim),
    ...(isDoubtful(row) ? { line_warning: 'serial_check_digit' as const } : {}),
    ...(identification ? { identification } : {}),
    ...(reason ? { reason } : {}),
    customer_message: tellCustomer(outcomeOf(row), language, own, valuesOf(row)),
  };
}

/** Why a sale came to nothing at the supplier. */
export function supplierRefusal(row: TransactionRow): Refusal {
  return {
    reason: row.reason as Reason,
    details: {
      supplier_id: row.supplier_id,
      product_id: row.product_id,
      offer_id: row.offer_id,
      distributor_id: row.distributor_id,
      supplier_message: row.message ?? '',
    },
    transaction_id: row.id,
  };
}
