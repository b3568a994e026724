import type { BookedOrder } from '../book.ts';
import type { DialectParts, VendorAnswer, VendorRequest } from '../dialect.ts';
import {
  DING_DONE,
  type DingRefusal,
  type DingResult,
  dingDone,
  dingParameter,
  dingRefusal,
  dingResult,
  dingStatus,
  isDingRefusal,
} from './answers.ts';
import { priceWire, uatNumberOf } from './catalogue.ts';
import { type OrderedTransfer, readTransferRequest } from './read-transfer.ts';

const DING_STATES = ['Submitted', 'Processing', 'Complete', 'Failed', 'Cancelled', 'Cancelling'] as const;
type DingState = (typeof DING_STATES)[number];

interface DingTransfer {
  order: BookedOrder;
  ordered: OrderedTransfer;
  /** What is sent: another value than was asked for, where it was the nearest. */
  value: number;
  state: DingState;
  result: DingResult;
  ended_at: Date | null;
}

/** How a transfer goes: to a state, and why. */
interface TransferEnding {
  state: DingState;
  refusal: DingRefusal | null;
}

const CENTS = 100;
/** The vendor needs some seconds. */
const USUAL_MS = 3_000;
const LONGEST_PAGE = 100;
const SETTLES: Readonly<Record<DingState, 'delivered' | 'refused' | null>> = {
  Submitted: null,
  Processing: null,
  Cancelling: null,
  Complete: 'delivered',
  Failed: 'refused',
  Cancelled: 'refused',
};
/** What is refused before there is a record of it. */
const WITHOUT_RECORD: ReadonlySet<DingRefusal> = new Set([
  'RateLimited',
  'InsufficientBalance',
  'AccountNumberFailedRegex',
  'DuplicateTransactionPrevented',
  'OtherError',
  'RequestInvalid',
]);
/** What the last digit of a test number comes to. */
const BY_DIGIT: Readonly<Record<string, DingRefusal>> = {
  1: 'RateLimited',
  2: 'ProviderTimedOut',
  3: 'ProviderRefusedRequest',
  4: 'ProductUnavailable',
  5: 'AccountNumberInvalid',
  6: 'ProviderTemporarilyUnavailable',
  7: 'InsufficientBalance',
  8: 'AccountNumberFailedRegex',
  9: 'RechargeNotAllowed',
};

/** Reads an ending: a state, or a refusal. Null for neither. */
function readTransferEnding(text: string): TransferEnding | null {
  const state = DING_STATES.find((each) => each === text);
  if (state) return { state, refusal: state === 'Failed' ? 'ProviderError' : null };
  if (!isDingRefusal(text)) return null;
  return { state: text === 'NearestMatch' ? 'Complete' : 'Failed', refusal: text };
}

/** The transfers of the account. */
export class DingTransfers {
  /** The vendor says that it refuses a second transfer of one reference. It was seen to pay it. */
  preventsDuplicates = false;
  readonly #all = new Map<number, DingTransfer>();
  readonly #parts: DialectParts;

  constructor(parts: DialectParts) {
    this.#parts = parts;
  }

  /** Takes a transfer, and answers when it has ended; at once where it is to be processed later. */
  async send(request: VendorRequest): Promise<VendorAnswer> {
    const ordered = readTransferRequest(request.body);
    if ('status' in ordered) return ordered;
    const { book, pace, takeEnding } = this.#parts;
    const { sku, account, reference, value } = ordered;
    const digit = account.slice(0, -1) === uatNumberOf(sku).slice(0, -1) ? account.slice(-1) : null;
    const planned = takeEnding();
    const ending = (planned === null ? null : readTransferEnding(planned)) ??
      (digit === null ? null : readTransferEnding(BY_DIGIT[digit] ?? '')) ?? { state: 'Complete', refusal: null };
    const { state, refusal } = ending;
    if (refusal && WITHOUT_RECORD.has(refusal)) return dingRefusal(refusal);
    if (ordered.isValidation) return dingDone({ TransferRecord: validated(ordered) });
    if (this.preventsDuplicates && book.findByReference(reference).length > 0) {
      return dingRefusal('DuplicateTransactionPrevented');
    }
    const sent = refusal === 'NearestMatch' ? Math.max(sku.least, value - 1) : value;
    // Test numbers cost nothing.
    const cost = digit === null ? Math.round((sent + sku.fee) * CENTS) : 0;
    const order = book.hold({ reference, line: account, product: sku.code, cost });
    if (!order) return dingRefusal('InsufficientBalance');
    const transfer: DingTransfer = {
      order,
      ordered,
      value: sent,
      state: 'Submitted',
      result: DING_DONE,
      ended_at: null,
    };
    this.#all.set(order.id, transfer);
    const isOpen = SETTLES[state] === null;
    const isDeferred = request.headers['x-option'] === 'DeferTransfer';
    if (isOpen) this.#end(transfer, ending);
    else if (isDeferred) pace.later(USUAL_MS, () => this.#end(transfer, ending));
    else {
      await pace.wait(USUAL_MS);
      this.#end(transfer, ending);
    }
    const status = transfer.state === 'Failed' && refusal ? dingStatus(refusal) : 200;
    return { status, body: this.#wrapped(transfer) };
  }

  list({ body }: VendorRequest): VendorAnswer {
    const asked = (body ?? {}) as Record<string, unknown>;
    const { TransferRef, DistributorRef, AccountNumber, Skip = 0, Take } = asked;
    if (!Number.isInteger(Take) || Number(Take) < 1 || Number(Take) > LONGEST_PAGE) {
      return dingParameter('ParameterOutOfRange', 'Take', { Items: [], ThereAreMoreItems: false });
    }
    const isAsked = (name: unknown, value: string): boolean => (name ?? value) === value;
    // The latest come first.
    const meant = [...this.#all.values()]
      .toReversed()
      .filter(
        ({ order, ordered }) =>
          isAsked(TransferRef, String(order.id)) &&
          isAsked(DistributorRef, ordered.reference) &&
          isAsked(AccountNumber, ordered.account),
      );
    const from = Number(Skip);
    const Items = meant.slice(from, from + Number(Take)).map((each) => this.#wrapped(each));
    return dingDone({ Items, ThereAreMoreItems: meant.length > from + Number(Take) });
  }

  /** Cancels what has not ended; all else stays as it is. */
  cancel({ body }: VendorRequest): VendorAnswer {
    if (!Array.isArray(body)) return dingRefusal('RequestInvalid');
    const asked = body as { TransferId?: { TransferRef?: string }; BatchItemRef?: unknown }[];
    const refs = asked.map(({ BatchItemRef }) => BatchItemRef);
    if (refs.some((each) => typeof each !== 'string') || new Set(refs).size < refs.length) {
      return dingRefusal('RequestInvalid');
    }
    const Items = asked.flatMap(({ TransferId, BatchItemRef }) => {
      const found = this.#all.get(Number(TransferId?.TransferRef));
      if (!found) return [];
      if (SETTLES[found.state] === null) this.#end(found, { state: 'Cancelled', refusal: null });
      return [{ TransferId: idOf(found), ProcessingState: found.state, BatchItemRef, ...DING_DONE }];
    });
    return dingDone({ Items });
  }

  /** Brings a transfer to a state. @returns false where there is no such, or it cannot come to it any more */
  end(order: BookedOrder, ending: string): boolean {
    const found = this.#all.get(order.id);
    const read = readTransferEnding(ending);
    return found !== undefined && read !== null && this.#end(found, read);
  }

  #end(transfer: DingTransfer, { state, refusal }: TransferEnding): boolean {
    const { book, callbacks } = this.#parts;
    const { order } = transfer;
    const settled = SETTLES[state];
    const isReversal = settled === 'refused' && order.state === 'delivered';
    if (settled && !book.settle(order, isReversal ? 'reversed' : settled)) return false;
    if (!settled && order.state !== 'held') return false;
    const ended_at = settled ? new Date() : null;
    Object.assign(transfer, { state, ended_at, result: refusal ? dingResult(refusal) : DING_DONE });
    if (settled) callbacks.notify(this.#wrapped(transfer));
    return true;
  }

  #wrapped(transfer: DingTransfer): object {
    const { order, ordered, state, value, result, ended_at } = transfer;
    const { sku, account } = ordered;
    const isPin = sku.sells === 'pin' && order.delivered_at !== null;
    const pin = `${order.id}`.padStart(14, '7');
    return {
      TransferRecord: {
        TransferId: idOf(transfer),
        SkuCode: sku.code,
        Price: priceWire(sku, value),
        CommissionApplied: 0,
        StartedUtc: order.created_at.toISOString(),
        ...(ended_at && { CompletedUtc: ended_at.toISOString() }),
        ProcessingState: state,
        ...(isPin && {
          ReceiptText: `Dial *100# and enter ${pin}`,
          ReceiptParams: { pin, providerRef: `OP${order.id}` },
        }),
        AccountNumber: account,
      },
      ...result,
    };
  }
}

const idOf = ({ order, ordered }: DingTransfer): object => ({
  TransferRef: String(order.id),
  DistributorRef: ordered.reference,
});

/** What a transfer would come to that is only tried: without an id. */
const validated = ({ sku, account, value }: OrderedTransfer): object => ({
  SkuCode: sku.code,
  Price: priceWire(sku, value),
  CommissionApplied: 0,
  ProcessingState: 'Complete',
  AccountNumber: account,
});
