import Type, { type Static } from 'typebox';
import { Amount, DateTime, Uuid } from '../formats.ts';
import { REASONS, type Reason } from '../reasons.ts';

const ATTEMPT = {
  number: Type.Integer({ minimum: 1 }),
  status: Type.Enum(['pending', 'ok', 'ko', 'expired'], {
    description: '`ko`: proof that it has delivered nothing. `pending`: not known, or not yet',
  }),
  product_name: Type.String(),
  supplier_name: Type.String(),
  begin_date: DateTime,
  end_date: Type.Optional(DateTime),
  reason: Type.Optional(Type.Enum(Object.keys(REASONS) as Reason[], { description: 'Why it came to nothing' })),
};

/** An attempt to deliver an order. */
export const DeliveryAttempt = Type.Object(ATTEMPT, { title: 'DeliveryAttempt' });
export type DeliveryAttempt = Static<typeof DeliveryAttempt>;

/** The same as the operator sees it. */
export const AdminAttempt = Type.Object(
  {
    ...ATTEMPT,
    reference: Type.String({ description: 'Under which the supplier knows it' }),
    product_id: Uuid,
    supplier_id: Uuid,
    supplier_message: Type.Optional(Type.String({ description: "The supplier's own words" })),
    supplier_reference: Type.Optional(Type.String({ description: "The supplier's own reference" })),
    supplier_cost: Type.Optional({ ...Amount, description: 'What the supplier has charged, where it has told' }),
    supplier_currency: Type.Optional(Type.String({ description: 'ISO 4217: of `supplier_cost`' })),
  },
  { title: 'AdminAttempt' },
);
export type AdminAttempt = Static<typeof AdminAttempt>;
