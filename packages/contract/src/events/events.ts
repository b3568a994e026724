import Type, { type Static, type TSchema } from 'typebox';
import { SalePreviewNews } from '../agents/agents.ts';
import { FeesType, SaleStatus } from '../catalogue/offers.ts';
import { CatalogueChange, CostDifference } from '../catalogue/supplier-catalogue.ts';
import { FundsChange } from '../catalogue/supplier-funds.ts';
import { SupplierLight } from '../catalogue/suppliers.ts';
import { IdentificationCase } from '../esims/identifications.ts';
import { Amount, DateTime, Uuid } from '../formats.ts';
import { LedgerFault } from '../ledger/ledger.ts';
import { ParkedOrderNews } from '../parking/parking.ts';
import { ReconciliationDifference } from '../reconciliation/reconciliation.ts';
import { OwnRefillOrder } from '../refills/refills.ts';
import { OwnReversalRequest } from '../reversals/reversals.ts';
import { DistributorTransaction } from '../sales/transactions.ts';
import { Statement } from '../statements/statements.ts';
import { Webhook } from '../webhooks/webhooks.ts';
import { EVENT_TYPES, type EventType, OPERATOR_EVENT_TYPES, type OperatorEventType } from './event-types.ts';

/** The level of an offer's stock. */
export const StockLevel = Type.Object(
  {
    offer_id: Uuid,
    offer_name: Type.String(),
    available: Type.Integer({ description: 'Units left' }),
    threshold: Type.Optional(Type.Integer({ description: 'The number of units that counts as low' })),
    depletion_date: Type.Optional({ ...DateTime, description: 'When it will run out, at the pace of its sales' }),
  },
  { title: 'StockLevel' },
);
export type StockLevel = Static<typeof StockLevel>;

/** Units that the operator put into an offer's stock, or corrected it by. */
export const StockBooking = Type.Object(
  {
    offer_id: Uuid,
    offer_name: Type.String(),
    units: Type.Integer({ description: 'Below 0: taken away' }),
    reference: Type.String({ description: "The operator's own" }),
    available: Type.Integer({ description: 'Units left after it' }),
  },
  { title: 'StockBooking' },
);
export type StockBooking = Static<typeof StockBooking>;

/** An offer after a change. */
export const OfferTerms = Type.Object(
  {
    offer_id: Uuid,
    version: Type.Integer({ description: 'Counts the changes of name, price and fees' }),
    name: Type.String(),
    resell_value: Amount,
    distributor_fees: Amount,
    distributor_fees_type: FeesType,
    public_price: Amount,
    margin: Amount,
    currency: Type.String({ description: 'ISO 4217' }),
    tags: Type.Array(Type.String()),
    expiration_date: Type.Optional(DateTime),
    status: SaleStatus,
  },
  { title: 'OfferTerms' },
);
export type OfferTerms = Static<typeof OfferTerms>;

/** A fault in the ledger of an offer. */
export const LedgerMismatch = Type.Object(
  { offer_id: Uuid, faults: Type.Array(LedgerFault) },
  { title: 'LedgerMismatch' },
);
export type LedgerMismatch = Static<typeof LedgerMismatch>;

/** The data of each type of event, as they were when it happened. */
const DATA = {
  'transaction.completed': DistributorTransaction,
  'transaction.failed': DistributorTransaction,
  'transaction.pending': DistributorTransaction,
  'transaction.resolved': DistributorTransaction,
  'transaction.reversed': DistributorTransaction,
  'transaction.delivered_late': DistributorTransaction,
  'order.parked': ParkedOrderNews,
  'order.sold': ParkedOrderNews,
  'order.refused': ParkedOrderNews,
  'order.cancelled': ParkedOrderNews,
  'reversal.requested': OwnReversalRequest,
  'reversal.declined': OwnReversalRequest,
  'refill.ordered': OwnRefillOrder,
  'refill.granted': OwnRefillOrder,
  'refill.declined': OwnRefillOrder,
  'refill.withdrawn': OwnRefillOrder,
  'preview.waiting': SalePreviewNews,
  'stock.low': StockLevel,
  'stock.depleted': StockLevel,
  'stock.recovered': StockLevel,
  'stock.granted': StockBooking,
  'stock.adjusted': StockBooking,
  'statement.closed': Statement,
  'offer.changed': OfferTerms,
  'identification.reminder': IdentificationCase,
  'supplier.down': SupplierLight,
  'supplier.up': SupplierLight,
  'ledger.mismatch': LedgerMismatch,
  'webhook.paused': Webhook,
  'webhook.test': Type.Object({ webhook_id: Uuid }),
} as const satisfies Record<EventType, TSchema>;
export type EventData = { [T in EventType]: Static<(typeof DATA)[T]> };

const MEANINGS: Record<EventType, string> = {
  'transaction.completed': 'Sold, while its order was answered',
  'transaction.failed': 'Nothing was delivered; the unit is back in stock',
  'transaction.pending': 'Nobody knows yet; `transaction.resolved` will follow',
  'transaction.resolved': 'One that was pending has come to its end: `status` says to which',
  'transaction.reversed': 'A sale that was `ok` is annulled; the unit is back in stock',
  'transaction.delivered_late':
    'One that had come to nothing proves delivered, or its unit is booked: `late_delivery` says whether it is owed',
  'order.parked': 'An order waits for a unit of what is sold out',
  'order.sold': 'A parked order has got a unit: it is the transaction that `transaction_id` names from then on',
  'order.refused': 'A parked order has come to nothing: `reason` says why',
  'order.cancelled': 'A parked order is not wanted any more',
  'reversal.requested': 'The operator is asked to reverse a sale',
  'reversal.declined': 'The operator will not reverse a sale',
  'refill.ordered': 'The operator is asked for units',
  'refill.granted': 'The operator has put the units that were ordered into stock',
  'refill.declined': 'The operator will not give the units that were ordered',
  'refill.withdrawn': 'Units that were ordered are not wanted any more',
  'preview.waiting': 'An agent wants to sell, and waits for a person to release it or decline it',
  'stock.low': 'An offer runs low',
  'stock.depleted': 'An offer is sold out',
  'stock.recovered': 'An offer has enough units again',
  'stock.granted': 'The operator has put units into stock',
  'stock.adjusted': 'The operator has corrected the stock',
  'statement.closed': 'A statement is closed: numbered, signed and frozen',
  'offer.changed':
    'Name, price, fees, tags, end or metadata of an offer were changed, or its sale was stopped or resumed',
  'identification.reminder': 'The user of an eSIM has to be reminded to identify',
  'supplier.down': 'A supplier does not answer',
  'supplier.up': 'A supplier answers again',
  'ledger.mismatch': 'The ledger of an offer does not prove',
  'webhook.paused': 'An endpoint is paused: nothing could be delivered to it, or its secret is lost',
  'webhook.test': 'Somebody tests an endpoint',
};

/** The version of what events look like: fields are added under the same one, never changed or removed. */
export const EVENT_VERSION = 1;

/** Builds the schema of one type of events, as it goes out. */
const eventOf = <T extends string>(type: T, data: TSchema, description: string) =>
  Type.Object(
    {
      id: { ...Uuid, description: 'The same however often, and wherever, the event is told' },
      type: Type.Literal(type),
      version: Type.Literal(EVENT_VERSION),
      created: DateTime,
      example: Type.Optional(
        Type.Literal(true, { description: 'Only there to try out what you do with such events: nothing has happened' }),
      ),
      data,
    },
    { description },
  );

type Told<Data> = {
  [T in keyof Data]: {
    id: string;
    type: T;
    version: typeof EVENT_VERSION;
    created: string;
    example?: true;
    data: Data[T];
  };
}[keyof Data];

/** Something that happened. */
export type Event = Told<EventData>;
export const Event = Type.Unsafe<Event>({
  title: 'Event',
  anyOf: EVENT_TYPES.map((type) => eventOf(type, DATA[type], MEANINGS[type])),
});

const OPERATOR_DATA = {
  'supplier.price_changed': CatalogueChange,
  'supplier.product_withdrawn': CatalogueChange,
  'supplier.product_added': CatalogueChange,
  'supplier.cost_differs': CostDifference,
  'supplier.balance_low': FundsChange,
  'supplier.balance_recovered': FundsChange,
  'reconciliation.difference': ReconciliationDifference,
} as const satisfies Record<OperatorEventType, TSchema>;
export type OperatorEventData = { [T in OperatorEventType]: Static<(typeof OPERATOR_DATA)[T]> };

const OPERATOR_MEANINGS: Record<OperatorEventType, string> = {
  'supplier.price_changed': 'A supplier charges something else for a product',
  'supplier.product_withdrawn': 'A supplier does not list a product any more',
  'supplier.product_added': 'A supplier lists a product that it did not list before',
  'supplier.cost_differs': 'A supplier has charged something else for a sale than its catalogue says',
  'supplier.balance_low': 'The money at a supplier has fallen below the threshold',
  'supplier.balance_recovered': 'The money at a supplier is above the threshold again',
  'reconciliation.difference': 'The books of a supplier differ from ours in what was not known before',
};

/** Something that only the operator is told. */
export type OperatorEvent = Told<OperatorEventData>;
export const OperatorEvent = Type.Unsafe<OperatorEvent>({
  title: 'OperatorEvent',
  anyOf: OPERATOR_EVENT_TYPES.map((type) => eventOf(type, OPERATOR_DATA[type], OPERATOR_MEANINGS[type])),
});

/** An event, and to whom it happened. */
export const DistributorEvent = Type.Object(
  {
    distributor_id: Type.Optional({ ...Uuid, description: 'Absent for what only the operator is told' }),
    event: Type.Union([Event, OperatorEvent]),
  },
  { title: 'DistributorEvent' },
);
export type DistributorEvent = Static<typeof DistributorEvent>;

/** Which example is wanted. An endpoint is tested by an operation of its own. */
export const EventTrigger = Type.Object(
  { type: Type.Enum(EVENT_TYPES.filter((type) => type !== 'webhook.test')) },
  { title: 'EventTrigger', additionalProperties: false },
);
export type EventTrigger = Static<typeof EventTrigger>;
