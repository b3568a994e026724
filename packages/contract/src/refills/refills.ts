import Type, { type Static } from 'typebox';
import { DateTime, Uuid } from '../formats.ts';
import { MAX_UNITS } from '../ledger/bookings.ts';
import { LINES, TRIMMED_LINE } from '../plain-text.ts';
import { Page } from '../service.ts';

/** The order of units for an offer's stock. */
export const RefillOrderCreation = Type.Object(
  {
    offer_id: Uuid,
    units: Type.Integer({ minimum: 1, maximum: MAX_UNITS }),
    reference: Type.String({
      minLength: 1,
      maxLength: 255,
      pattern: TRIMMED_LINE,
      description:
        'Your own reference, without blanks at its ends. The same one is ordered once: repeating it answers the first order',
    }),
  },
  { title: 'RefillOrderCreation', additionalProperties: false },
);
export type RefillOrderCreation = Static<typeof RefillOrderCreation>;

const RefillStatus = Type.Enum(['open', 'granted', 'declined', 'withdrawn'], {
  description:
    '`open`: the operator has not decided yet. `granted`: the units are in stock. `withdrawn`: by the distributor itself',
});

const refillOrder = {
  id: Uuid,
  offer_id: Uuid,
  offer_name: Type.String(),
  units: Type.Integer(),
  reference: Type.String({ description: 'That of the distributor; the grant in the ledger has it too' }),
  status: RefillStatus,
  creation_date: DateTime,
  decision_date: Type.Optional({ ...DateTime, description: 'When it was decided or withdrawn' }),
  justification: Type.Optional(Type.String({ description: 'What the operator says to it' })),
};

/** A distributor's order of units. */
export const OwnRefillOrder = Type.Object(refillOrder, { title: 'OwnRefillOrder' });
export type OwnRefillOrder = Static<typeof OwnRefillOrder>;

/** An order of units, as the operator sees it. */
export const RefillOrder = Type.Object(
  {
    ...refillOrder,
    distributor_id: Uuid,
    distributor_name: Type.String(),
    ordered_by: Type.String({ description: 'As in the audit trail' }),
    decided_by: Type.Optional(Type.String()),
    available: Type.Integer({ description: 'Units in stock now' }),
  },
  { title: 'RefillOrder' },
);
export type RefillOrder = Static<typeof RefillOrder>;

/** The decision about an order of units. */
export const RefillDecision = Type.Object(
  {
    decision: Type.Enum(['grant', 'decline'], { description: '`grant`: puts the units into stock at once' }),
    justification: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 900,
        pattern: LINES,
        description: 'Why, in words, which the distributor reads; needed to decline. Kept with the ledger',
      }),
    ),
  },
  { title: 'RefillDecision', additionalProperties: false },
);
export type RefillDecision = Static<typeof RefillDecision>;

/** The orders that are asked for. */
export const RefillOrderQuery = Type.Object({ ...Page.properties, status: Type.Optional(RefillStatus) });
