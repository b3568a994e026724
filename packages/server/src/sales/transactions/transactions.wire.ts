import {
  type AdminTransaction,
  type DistributorTransaction,
  type Language,
  messageKey,
  type OwnMessages,
  type Reason,
  type Refusal,
  type ReversalReason,
  type SaleReceipt,
  type TransactionParameters,
  tellCustomer,
  wireDate,
} from '@opentopup/contract';
import { readSerial } from '@opentopup/contract/lines/read-serial';
import { wirePrice } from '../../catalogue/offers/offers.wire.ts';
import { identificationOf } from '../../esims/identification.wire.ts';
import { keptLine } from '../../values/line.ts';
import { amountOf, wireDenomination } from '../../values/money.ts';
import { customerOutcome, valuesOf } from '../customers/wording.ts';
import type { ParkedOrderRow } from '../parking/parked-orders.query.ts';
import type { TransactionDetail } from './all-transactions.query.ts';
import type { OutcomeChange, TransactionRow } from './transactions.query.ts';

/** Gives the line that was recharged, as long as it is kept, or what is shown of the eSIM. */
function parametersOf(row: TransactionRow, esim: TransactionParameters): TransactionParameters {
  const line = keptLine(row);
  switch (row.delivers) {
    case 'esim':
      return esim;
    case 'line':
      return line === null || row.line_kind === null ? {} : { [row.line_kind]: line };
  }
}

/** Tells whether a SIM was recharged that its supplier wants to be told of. */
function isDoubtful(row: TransactionRow): boolean {
  const line = keptLine(row);
  return row.line_kind === 'simId' && row.sim_check_digit === 'warn' && line !== null && !readSerial(line).ok;
}

/** Tells what has become known of a sale after its end. */
function wireChange({
  reversal,
  late_delivery,
}: OutcomeChange): Pick<DistributorTransaction, 'reversal' | 'late_delivery'> {
  return {
    ...(reversal && {
      reversal: { reason: reversal.reason as ReversalReason, date: wireDate(new Date(reversal.at)) },
    }),
    ...(late_delivery && {
      late_delivery: { date: wireDate(new Date(late_delivery.at)), owed: late_delivery.booked_at === null },
    }),
  };
}

/** Tells that an order is parked, or was. */
function wireParking(parked: ParkedOrderRow): Pick<DistributorTransaction, 'park_until' | 'parked_order_id'> {
  if (parked.status === 'sold') return { parked_order_id: parked.id };
  return parked.status === 'waiting' ? { park_until: wireDate(parked.park_until) } : {};
}

/** What a transaction is told with, beside what is kept of it. */
interface Telling {
  language: Language;
  /** The distributor's own words for its end customer. */
  own?: OwnMessages | undefined;
  /** What is shown of an eSIM that was sold. */
  esim?: TransactionParameters;
  /** What was handed over, for whoever sold it. */
  receipt?: SaleReceipt | null;
  /** The order that was parked, where it was asked for by that. */
  parked?: ParkedOrderRow | undefined;
}

/** Gives a transaction as it goes on the wire. What few of them have is put in one by one: lists write a hundred at a time. */
export function wireTransaction(
  row: TransactionRow,
  { language, own = {}, esim = {}, receipt = null, parked }: Telling,
): DistributorTransaction {
  const price = wirePrice(row, row.currency);
  const outcome = customerOutcome(row);
  // Nothing of the sale is worked out for the words that are everybody's.
  const values = own[messageKey(outcome, language)] === undefined ? {} : valuesOf(row);
  const wire: DistributorTransaction = {
    id: row.id,
    status: row.status,
    product_type: row.transaction_type as DistributorTransaction['product_type'],
    billing_mode: 'prepaid',
    creation_date: wireDate(row.created_at),
    change_date: wireDate(row.changed_at),
    offer_id: row.offer_id,
    offer_name: row.offer_name,
    product_name: row.product_name,
    supplier_name: row.supplier_name,
    resell_value: price.resell_value,
    distributor_fees: price.distributor_fees,
    distributor_fees_type: price.distributor_fees_type,
    public_price: price.public_price,
    margin: price.margin,
    bonus_value: amountOf(row.bonus_value_minor, row.currency),
    reference_currency: row.currency,
    local_currency: row.currency,
    parameters: parametersOf(row, esim),
    customer_message: tellCustomer(outcome, language, own, values),
  };
  if (row.voucher_id !== null) wire.voucher_id = row.voucher_id;
  if (row.denomination_minor !== null) Object.assign(wire, wireDenomination(row));
  if (row.user_id !== null) wire.user_id = row.user_id;
  if (receipt) wire.receipt = receipt;
  if (isDoubtful(row)) wire.line_warning = 'serial_check_digit';
  const identification = identificationOf(row);
  if (identification) wire.identification = identification;
  if (parked) Object.assign(wire, wireParking(parked));
  if (row.attempts !== null) wire.attempts = row.attempts;
  if (row.reason !== null) wire.reason = row.reason as Reason;
  if (row.change) Object.assign(wire, wireChange(row.change));
  return wire;
}

/** Gives a transaction as the operator sees it. */
export function wireTransactionDetail(row: TransactionDetail, language: Language): AdminTransaction {
  return {
    ...wireTransaction(row, { language }),
    distributor_id: row.distributor_id,
    distributor_name: row.distributor_name,
    supplier_id: row.supplier_id,
    ...(row.supplier_reference !== null && { supplier_reference: row.supplier_reference }),
    ...(row.supplier_cost !== null && { supplier_cost: row.supplier_cost }),
    ...(row.supplier_currency !== null && { supplier_currency: row.supplier_currency }),
    ...(row.message !== null && { supplier_message: row.message }),
    ...(row.pending_cause !== null && { pending_cause: row.pending_cause }),
    ...(row.decided_by !== null &&
      row.decided_at && {
        decision: {
          decided_by: row.decided_by,
          justification: row.justification ?? '',
          date: wireDate(row.decided_at),
        },
      }),
    ...(row.owner !== null && { owner: row.owner }),
    ...(row.next_look_at && { next_look_date: wireDate(row.next_look_at) }),
  };
}

/** Tells why a sale came to nothing at the supplier. */
export function supplierRefusal(row: TransactionRow): Refusal {
  return {
    reason: row.reason as Reason,
    details: {
      supplier_id: row.supplier_id,
      product_id: row.product_id,
      offer_id: row.offer_id,
      distributor_id: row.distributor_id,
      supplier_message: row.message ?? '',
    },
    transaction_id: row.id,
  };
}
