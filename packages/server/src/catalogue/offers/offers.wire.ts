import { type OfferLight, type OperatorOffer, type PriceVersion, wireDate } from '@opentopup/contract';
import { countryOf } from '../../values/countries.ts';
import { amountOf, type Fee, feeOn, feeOnWire, wireDenomination } from '../../values/money.ts';
import type { OfferDetail } from './offer-details.query.ts';
import type { OfferRow, OfferVersionRow } from './offers.query.ts';
import { saleStatus } from './sale-status.rules.ts';

/** Presents what an offer costs, or a sale cost, as it goes on the wire. */
export function wirePrice(price: Fee & { resell_value_minor: number }, currency: string) {
  const { resell_value_minor, fees_type } = price;
  const margin_minor = feeOn(resell_value_minor, price);
  return {
    resell_value: amountOf(resell_value_minor, currency),
    distributor_fees: feeOnWire(price, currency),
    distributor_fees_type: fees_type,
    public_price: amountOf(resell_value_minor + margin_minor, currency),
    margin: amountOf(margin_minor, currency),
  };
}

/** Presents what an offer has cost from some moment on, as it goes on the wire. */
export function wirePriceVersion(row: OfferVersionRow, currency: string): PriceVersion {
  const { version, since, name } = row;
  return { version, since: wireDate(since), name, ...wirePrice(row, currency), currency };
}

/**
 * Presents an offer as it goes on the wire. Fields that the published file and the guide name differently are sent
 * twice.
 */
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
      ...(product.line_kind === 'msisdn' ? { line_country: product.line_country ?? row.supplier.country } : {}),
      ...(product.network_name === null ? {} : { network: product.network_name }),
      ...wireDenomination(product),
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

export function wireOfferDetail(row: OfferDetail, now: Date): OperatorOffer {
  return {
    id: row.id,
    distributor_id: row.distributor_id,
    product_id: row.product_id,
    name: row.name,
    version: row.version,
    status: saleStatus(row, row.product_status, now),
    resell_value: amountOf(row.resell_value_minor, row.currency),
    ...(row.cost !== null && row.cost_currency === row.currency && { cost: row.cost }),
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
