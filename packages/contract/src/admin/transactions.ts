import Type, { type Static } from 'typebox';
import { DateTime, Uuid } from '../formats.ts';
import { DistributorTransaction } from '../transactions.ts';

/** A transaction as the operator sees it: whose it is, and how it came to its end. */
export const AdminTransaction = Type.Object(
  {
    ...DistributorTransaction.properties,
    distributor_id: Uuid,
    distributor_name: Type.String(),
    supplier_id: Uuid,
    supplier_reference: Type.Optional(Type.String({ description: "The supplier's own reference" })),
    supplier_message: Type.Optional(Type.String({ description: "The supplier's own words" })),
    pending_cause: Type.Optional(Type.String({ description: 'Why the outcome is not known' })),
    next_look_date: Type.Optional({ ...DateTime, description: 'When the supplier is asked again' }),
  },
  { title: 'AdminTransaction' },
);
export type AdminTransaction = Static<typeof AdminTransaction>;

/** What a person decides about a transaction without proof. */
export const ResolutionCreation = Type.Object(
  {
    status: Type.Enum(['ok', 'ko', 'expired'], {
      description:
        '`ok`: it was delivered, the unit is sold. `ko`: it was not, the unit is given back. `expired`: nobody will ever know, the unit is given back',
    }),
    justification: Type.String({
      minLength: 1,
      maxLength: 1000,
      pattern: '^[^\\u0000]*$',
      description: 'Why, in words; kept for good',
    }),
  },
  { title: 'ResolutionCreation', additionalProperties: false },
);
export type ResolutionCreation = Static<typeof ResolutionCreation>;
