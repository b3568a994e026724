import Type, { type Static } from 'typebox';
import { Amount, DateTime, Uuid } from './formats.ts';
import { REASONS, type Reason } from './reasons.ts';

/** Where a transaction stands. `pending`: the unit is held, the outcome is not yet known. */
export const TransactionStatus = Type.Enum(['created', 'pending', 'ok', 'ko', 'expired']);
export type TransactionStatus = Static<typeof TransactionStatus>;

/** What a transaction sold: Travel B2B 1.7 spells the last one so. */
export const TransactionProductType = Type.Enum([
  'airtime topup',
  'sms topup',
  'data topup',
  'bundle topup',
  'simCard',
  'eSim',
  'sunscription',
]);
export type TransactionProductType = Static<typeof TransactionProductType>;

/** Travel B2B 1.7 `TransactionCreation`: the order of one top-up. */
export const TransactionCreation = Type.Object({
  offer_id: Uuid,
  voucher_id: Type.Optional(Type.String({ maxLength: 255 })),
  user_id: Type.Optional(Type.String({ maxLength: 255, description: "The distributor's own reference, free text" })),
  parameters: Type.Object({
    msisdn: Type.Optional(Type.String({ description: 'The number to recharge, national or international' })),
    simId: Type.Optional(Type.String({ description: 'The serial of the SIM (Welcome Travelers)' })),
  }),
});
export type TransactionCreation = Static<typeof TransactionCreation>;

/** Travel B2B 1.7 `DistributorTransaction`, and what we add to it. */
export const DistributorTransaction = Type.Object({
  id: Uuid,
  status: TransactionStatus,
  product_type: TransactionProductType,
  billing_mode: Type.Enum(['prepaid', 'postpaid']),
  creation_date: DateTime,
  change_date: DateTime,
  offer_id: Uuid,
  offer_name: Type.String(),
  product_name: Type.String(),
  supplier_name: Type.String(),
  voucher_id: Type.Optional(Type.String()),
  resell_value: Amount,
  bonus_value: Amount,
  reference_currency: Type.String({ description: 'ISO 4217' }),
  local_currency: Type.String({ description: 'ISO 4217' }),
  user_id: Type.Optional(Type.String()),
  parameters: Type.Object({ msisdn: Type.Optional(Type.String()), simId: Type.Optional(Type.String()) }),
  reason: Type.Optional(
    Type.Enum(Object.keys(REASONS) as Reason[], { description: 'Added: why the transaction is ko' }),
  ),
  customer_message: Type.String({ description: 'Added: what to tell the end customer, in the Accept-Language' }),
});
export type DistributorTransaction = Static<typeof DistributorTransaction>;

/** The filters of the transaction list and count. */
export const TransactionFilters = Type.Object({
  startDate: Type.Optional(Type.String({ description: 'A UTC day or an instant (RFC 3339): created then or later' })),
  endDate: Type.Optional(
    Type.String({ description: 'A UTC day, included whole, or an instant: created then or before' }),
  ),
  status: Type.Optional(TransactionStatus),
  offer: Type.Optional(Uuid),
  supplier: Type.Optional(Uuid),
  user: Type.Optional(Type.String({ description: 'The user_id given with the order' })),
});
