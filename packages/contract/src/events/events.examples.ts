import { EXAMPLE_PREVIEW } from '../agents/agents.examples.ts';
import { CATALOGUE_EXAMPLES } from '../catalogue/catalogue.examples.ts';
import { ESIM_EXAMPLES } from '../esims/esims.examples.ts';
import { EXAMPLE_IDS, EXAMPLE_SOLD } from '../example-values.ts';
import { EXAMPLE_PARKED } from '../parking/parking.examples.ts';
import { REFILL_EXAMPLES } from '../refills/refills.examples.ts';
import { REVERSAL_EXAMPLES } from '../reversals/reversals.examples.ts';
import { EXAMPLE_TRANSACTION } from '../sales/transactions.examples.ts';
import { STATEMENT_EXAMPLES } from '../statements/statements.examples.ts';
import { WEBHOOK_EXAMPLES } from '../webhooks/webhooks.examples.ts';
import type { EventType } from './event-types.ts';

const event = {
  id: EXAMPLE_IDS.event,
  type: 'transaction.completed',
  version: 1,
  created: EXAMPLE_SOLD,
  data: EXAMPLE_TRANSACTION,
};

/** Examples of answers, by the title of their schema. */
export const EVENT_EXAMPLES = {
  Event: event,
  DistributorEvent: { distributor_id: EXAMPLE_IDS.distributor, event },
};

const { OwnReversalRequest: reversal } = REVERSAL_EXAMPLES;
const { OwnRefillOrder: refill } = REFILL_EXAMPLES;
const { OfferLight: offer, SupplierLight: supplier } = CATALOGUE_EXAMPLES;

const FAILED = {
  ...EXAMPLE_TRANSACTION,
  status: 'ko',
  reason: 'line_barred',
  customer_message:
    'The operator does not accept recharges for this line. You have not been charged. Please contact the operator.',
};
const PENDING = { ...EXAMPLE_TRANSACTION, status: 'pending', customer_message: 'The recharge is being made.' };
const level = (available: number): object => ({
  offer_id: offer.id,
  offer_name: offer.name,
  available,
  threshold: 20,
});
const booking = (units: number): object => ({
  offer_id: offer.id,
  offer_name: offer.name,
  units,
  reference: refill.reference,
  available: 312,
});

/** What an example of each type of events tells; none of it exists. */
export const EXAMPLE_EVENT_DATA: Readonly<Record<EventType, object>> = {
  'transaction.completed': EXAMPLE_TRANSACTION,
  'transaction.failed': FAILED,
  'transaction.pending': PENDING,
  'transaction.resolved': EXAMPLE_TRANSACTION,
  'transaction.reversed': {
    ...EXAMPLE_TRANSACTION,
    status: 'ko',
    reversal: { reason: 'not_delivered', date: EXAMPLE_SOLD },
  },
  'transaction.delivered_late': { ...FAILED, late_delivery: { date: EXAMPLE_SOLD, owed: true } },
  'order.parked': EXAMPLE_PARKED,
  'order.sold': { ...EXAMPLE_PARKED, status: 'sold', transaction_id: EXAMPLE_IDS.transaction, end_date: EXAMPLE_SOLD },
  'order.refused': { ...EXAMPLE_PARKED, status: 'refused', reason: 'bucket_empty', end_date: EXAMPLE_SOLD },
  'order.cancelled': { ...EXAMPLE_PARKED, status: 'cancelled', reason: 'order_cancelled', end_date: EXAMPLE_SOLD },
  'reversal.requested': reversal,
  'reversal.declined': { ...reversal, status: 'declined' },
  'refill.ordered': refill,
  'refill.granted': { ...refill, status: 'granted' },
  'refill.declined': { ...refill, status: 'declined' },
  'refill.withdrawn': { ...refill, status: 'withdrawn' },
  'preview.waiting': EXAMPLE_PREVIEW,
  'stock.low': { ...level(19), depletion_date: '2026-11-26T18:00:00Z' },
  'stock.depleted': level(0),
  'stock.recovered': level(312),
  'stock.granted': booking(430),
  'stock.adjusted': booking(-3),
  'statement.closed': STATEMENT_EXAMPLES.Statement,
  'offer.changed': {
    offer_id: offer.id,
    version: 2,
    name: offer.name,
    resell_value: offer.resell_value,
    distributor_fees: offer.distributor_fees,
    distributor_fees_type: offer.distributor_fees_type,
    public_price: offer.public_price,
    margin: offer.margin,
    currency: 'EUR',
    tags: offer.tags,
    status: offer.status,
  },
  'identification.reminder': ESIM_EXAMPLES.IdentificationCase,
  'supplier.down': { ...supplier, connector_status: 'down' },
  'supplier.up': supplier,
  'ledger.mismatch': {
    offer_id: offer.id,
    faults: [
      {
        distributor_id: EXAMPLE_IDS.distributor,
        offer_id: offer.id,
        kind: 'broken_chain',
        seq: 12,
        detail: 'the chain breaks at movement 12',
      },
    ],
  },
  'webhook.paused': { ...WEBHOOK_EXAMPLES.Webhook, status: 'paused' },
  'webhook.test': { webhook_id: EXAMPLE_IDS.webhook },
};
