import Type, { type Static } from 'typebox';
import { Amount, DateTime, Uuid } from '../formats.ts';
import { REASONS, type Reason } from '../reasons.ts';
import { Page } from '../service.ts';

/** How many days an order may be parked. */
export const PARK_DAYS = 7;

const ParkingStatus = Type.Enum(['waiting', 'sold', 'refused', 'cancelled'], {
  description: '`sold`: it has become the transaction `transaction_id`. `refused`: `reason` says why',
});

const news = {
  id: { ...Uuid, description: 'That of the answer to the order' },
  status: ParkingStatus,
  creation_date: DateTime,
  offer_id: Uuid,
  offer_name: Type.String(),
  user_id: Type.Optional(Type.String()),
  voucher_id: Type.Optional(Type.String()),
  park_until: { ...DateTime, description: 'Until when it waits' },
  end_date: Type.Optional({ ...DateTime, description: 'When it was sold, refused or cancelled' }),
  transaction_id: Type.Optional(Uuid),
  reason: Type.Optional(Type.Enum(Object.keys(REASONS) as Reason[])),
};

/** What has become of a parked order. */
export const ParkedOrderNews = Type.Object(news, { title: 'ParkedOrderNews' });
export type ParkedOrderNews = Static<typeof ParkedOrderNews>;

/** An order that waits for a unit of an offer that was sold out, or has waited. */
export const ParkedOrder = Type.Object(
  {
    ...news,
    max_price: {
      ...Amount,
      description: 'The most that it may cost when it is sold: what it did when it came, unless told',
    },
    currency: Type.String({ description: 'ISO 4217' }),
    parameters: Type.Object(
      { msisdn: Type.Optional(Type.String()), simId: Type.Optional(Type.String()) },
      { description: 'The line, as long as it is kept' },
    ),
    place: Type.Optional(
      Type.Integer({ description: 'While it waits: its place among those that wait for the same offer; 1 is next' }),
    ),
  },
  { title: 'ParkedOrder' },
);
export type ParkedOrder = Static<typeof ParkedOrder>;

/** A parked order, as the operator sees it. */
export const OperatorParkedOrder = Type.Object(
  { ...ParkedOrder.properties, distributor_id: Uuid, distributor_name: Type.String() },
  { title: 'OperatorParkedOrder' },
);
export type OperatorParkedOrder = Static<typeof OperatorParkedOrder>;

/** The parked orders that are asked for. */
export const ParkedOrderQuery = Type.Object({
  ...Page.properties,
  status: Type.Optional(ParkingStatus),
  offer: Type.Optional({ ...Uuid, description: 'Only of this offer' }),
});
