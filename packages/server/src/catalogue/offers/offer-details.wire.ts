import { type OperatorOffer, wireDate } from '@opentopup/contract';
import { amountOf, feeOnWire } from '../../values/money.ts';
import type { OfferDetail } from './offer-details.query.ts';
import { saleStatus } from './sale-status.rules.ts';

export function wireOfferDetail(row: OfferDetail, now: Date): OperatorOffer {
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
