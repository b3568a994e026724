import { randomUUID } from 'node:crypto';

/** A transaction, with the fields that the published description of the API has, and no others. */
export interface OperatorTransaction {
  id: string;
  status: 'created' | 'pending' | 'ok' | 'ko' | 'expired';
  product_type: string;
  billing_mode: 'prepaid';
  creation_date: string;
  change_date: string;
  offer_id: string;
  offer_name: string;
  product_name: string;
  supplier_name: string;
  voucher_id?: string;
  resell_value: number;
  bonus_value: number;
  reference_currency: string;
  local_currency: string;
  user_id?: string;
  parameters: Record<string, string>;
}

export interface OfferInStock {
  id: string;
  name: string;
  product: Record<string, unknown> & { id: string; type: string; supplier_id: string };
  distributor_id: string;
  bucket: number;
  last_bucket_update: string;
  creation_date: string;
  update_date: string;
  resell_value: number;
  distribution_fees: number;
  distribution_fees_type: string;
  tags: string[];
  metadata: string;
}

export const SUPPLIER_ID = '7413e966-c97c-11ed-b80c-fa163e78aa28';
const DATE = '2024-07-16T12:52:11Z';

export const FRANCE = { iso_code: 'FR', name: 'France', phone_prefix: 33, flag: 'https://flagcdn.com/w160/fr.png' };
export const EURO = {
  iso_code: 'EUR',
  name: 'Euro',
  euro_exchange_rate: 1,
  us_dollar_exchange_rate: 1.08,
  last_change: '2024-07-16 12:00:00',
};

export function newOffer(name: string, type: string, bucket: number): OfferInStock {
  return {
    id: randomUUID(),
    name,
    product: {
      id: randomUUID(),
      type,
      supplier_id: SUPPLIER_ID,
      coverage_zone: [FRANCE],
      tags: [],
      reference_currency: 'EUR',
      bonus_value: 10,
      metadata: { validity_duration: 30, validity_unit: 'days' },
    },
    distributor_id: randomUUID(),
    bucket,
    last_bucket_update: DATE,
    creation_date: DATE,
    update_date: DATE,
    resell_value: 7.92,
    distribution_fees: 2.08,
    distribution_fees_type: 'value',
    tags: [],
    metadata: '',
  };
}

export interface OperatorOrder {
  voucher_id?: string;
  user_id?: string;
}

export function newTransaction(
  offer: OfferInStock,
  { voucher_id, user_id }: OperatorOrder,
  status: OperatorTransaction['status'],
  parameters: Record<string, string>,
): OperatorTransaction {
  const now = `${new Date().toISOString().slice(0, 19)}Z`;
  return {
    id: randomUUID(),
    status,
    product_type: offer.product.type === 'eSim' ? 'eSim' : 'airtime topup',
    billing_mode: 'prepaid',
    creation_date: now,
    change_date: now,
    offer_id: offer.id,
    offer_name: offer.name,
    product_name: offer.name,
    supplier_name: 'Orange France',
    ...(voucher_id !== undefined && { voucher_id }),
    resell_value: offer.resell_value,
    bonus_value: 10,
    reference_currency: 'EUR',
    local_currency: 'EUR',
    ...(user_id !== undefined && { user_id }),
    parameters,
  };
}
