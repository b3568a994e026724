import Type, { type Static } from 'typebox';
import { Amount, DateTime, Uuid } from '../formats.ts';
import { LINES } from '../plain-text.ts';
import { Page } from '../service.ts';

/** The reasons for which a sale may be reversed. */
export const ReversalReason = Type.Enum(['not_delivered', 'refunded', 'mistake', 'fraud', 'other'], {
  description:
    '`not_delivered`: nothing has reached the customer. `refunded`: the supplier has taken it back. `mistake`: sold by mistake',
});
export type ReversalReason = Static<typeof ReversalReason>;

/** The reversal of a sale, as the sale tells it. */
export const Reversal = Type.Object(
  { reason: ReversalReason, date: { ...DateTime, description: 'When the unit went back into stock' } },
  { title: 'Reversal' },
);
export type Reversal = Static<typeof Reversal>;

/** The delivery of a sale that had come to nothing, as the sale tells it. */
export const LateDelivery = Type.Object(
  {
    date: { ...DateTime, description: 'When it became known' },
    owed: Type.Boolean({
      description: 'True as long as no unit was left to be sold for it: the sale stays `ko` until the next grant',
    }),
  },
  { title: 'LateDelivery' },
);
export type LateDelivery = Static<typeof LateDelivery>;

const justification = Type.String({
  minLength: 1,
  maxLength: 1000,
  pattern: LINES,
  description: 'Why, in words; kept for good, so without data of customers',
});

/** The wish to have a sale reversed. */
export const ReversalRequestCreation = Type.Object(
  { reason: ReversalReason, justification },
  { title: 'ReversalRequestCreation', additionalProperties: false },
);
export type ReversalRequestCreation = Static<typeof ReversalRequestCreation>;

/** The decision about a request to reverse a sale. */
export const ReversalDecision = Type.Object(
  { decision: Type.Enum(['approve', 'decline']), justification },
  { title: 'ReversalDecision', additionalProperties: false },
);
export type ReversalDecision = Static<typeof ReversalDecision>;

const ReversalStatus = Type.Enum(['open', 'approved', 'declined'], {
  description: '`open`: nobody has decided yet, and the sale stands',
});

const request = {
  id: Uuid,
  transaction_id: Uuid,
  offer_name: Type.String(),
  resell_value: { ...Amount, description: 'The price of the sale' },
  currency: Type.String({ description: 'ISO 4217' }),
  reason: ReversalReason,
  justification: Type.String(),
  creation_date: DateTime,
  status: ReversalStatus,
  decision_date: Type.Optional(DateTime),
  decision_justification: Type.Optional(Type.String()),
};

/** A distributor's request that a sale of its own is reversed. */
export const OwnReversalRequest = Type.Object(request, { title: 'OwnReversalRequest' });
export type OwnReversalRequest = Static<typeof OwnReversalRequest>;

/** A request that a sale is reversed, as the operator sees it. */
export const ReversalRequest = Type.Object(
  {
    ...request,
    distributor_id: Uuid,
    distributor_name: Type.String(),
    origin: Type.Enum(['operator', 'distributor', 'supplier'], {
      description:
        'Who wants it. `supplier`: it has said after the sale that nothing was delivered, or that it took it back',
    }),
    requested_by: Type.String({ description: 'As in the audit trail' }),
    decided_by: Type.Optional(Type.String()),
    second_person: Type.Boolean({
      description: 'True where only a signed-in account may approve it, other than who has requested it',
    }),
    handed_over: Type.Optional(
      Type.Enum(['pin', 'esim'], {
        description: 'What was handed over with the sale, and may be in use: reversing takes it back from nobody',
      }),
    ),
  },
  { title: 'ReversalRequest' },
);
export type ReversalRequest = Static<typeof ReversalRequest>;

/** The requests that are asked for. */
export const ReversalRequestQuery = Type.Object({ ...Page.properties, status: Type.Optional(ReversalStatus) });
