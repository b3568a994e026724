import Type, { type Static } from 'typebox';
import { DateTime, Uuid } from '../formats.ts';
import { LINES } from '../plain-text.ts';
import { DistributorTransaction } from './transactions.ts';

/** What a person has decided about a sale for which there was no proof. */
const Decision = Type.Object({
  decided_by: Type.String({ description: 'Who' }),
  justification: Type.String({ description: 'Why, in words' }),
  date: DateTime,
});

/** A transaction as the operator sees it: whose it is, and how it came to its end. */
export const AdminTransaction = Type.Object(
  {
    ...DistributorTransaction.properties,
    distributor_id: Uuid,
    distributor_name: Type.String(),
    supplier_id: Uuid,
    supplier_reference: Type.Optional(Type.String({ description: "The supplier's own reference" })),
    supplier_cost: Type.Optional(Type.Number({ description: 'What the supplier has charged, where it has told' })),
    supplier_currency: Type.Optional(Type.String({ description: 'ISO 4217: of `supplier_cost`' })),
    supplier_message: Type.Optional(Type.String({ description: "The supplier's own words" })),
    pending_cause: Type.Optional(Type.String({ description: 'Why the outcome is not known' })),
    decision: Type.Optional({ ...Decision, description: 'What a person has decided, where there was no proof' }),
    owner: Type.Optional(Type.String({ description: 'Who takes care of it, while it has no outcome' })),
    next_look_date: Type.Optional({ ...DateTime, description: 'When the supplier is asked again' }),
  },
  { title: 'AdminTransaction' },
);
export type AdminTransaction = Static<typeof AdminTransaction>;

/** One call of a supplier for a transaction, or one from it. */
export const SupplierExchange = Type.Object(
  {
    id: Uuid,
    kind: Type.Enum(['recharge', 'lookup', 'callback'], {
      description:
        '`recharge`: the order. `lookup`: the supplier is asked what became of it. `callback`: it tells that on its own',
    }),
    attempt: Type.Optional(Type.Integer({ minimum: 2, description: 'Of which attempt, where that is not the first' })),
    date: { ...DateTime, description: 'When it began' },
    duration_ms: Type.Integer({ description: 'How long it took' }),
    method: Type.String(),
    url: Type.Optional(Type.String()),
    status: Type.Optional(Type.Integer({ description: 'HTTP status of the answer; absent where none came' })),
    failure: Type.Optional(Type.String({ description: 'Why there is no whole answer' })),
    request_body: Type.Optional(
      Type.String({ description: 'As it was, without secrets; `…` at its end where it is cut off' }),
    ),
    response_body: Type.Optional(Type.String({ description: 'The same of the answer' })),
  },
  { title: 'SupplierExchange' },
);
export type SupplierExchange = Static<typeof SupplierExchange>;

/** The wish of a person to take care of a sale without an outcome. */
export const ClaimCreation = Type.Object(
  {
    take_over: Type.Optional(
      Type.Boolean({ description: 'Also where somebody else takes care of it; refused then unless told' }),
    ),
  },
  { title: 'ClaimCreation', additionalProperties: false },
);
export type ClaimCreation = Static<typeof ClaimCreation>;

/** A person's decision about a transaction without proof. */
export const ResolutionCreation = Type.Object(
  {
    status: Type.Enum(['ok', 'ko', 'expired'], {
      description:
        '`ok`: it was delivered, the unit is sold. `ko`: it was not, the unit is given back. `expired`: nobody will ever know, the unit is given back',
    }),
    justification: Type.String({
      minLength: 1,
      maxLength: 1000,
      pattern: LINES,
      description: 'Why, in words; kept for good',
    }),
  },
  { title: 'ResolutionCreation', additionalProperties: false },
);
export type ResolutionCreation = Static<typeof ResolutionCreation>;
