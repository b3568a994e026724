import type {
  Denomination,
  DistributorBalance,
  ProductType,
  SimStatus,
  SupplierReason,
  TransactionProductType,
  UsageBalance,
} from '@opentopup/contract';
import type { TSchema } from 'typebox';
import type { Line, LineKind } from '../values/line.ts';
import type { EsimProfile } from './esim-profile.ts';
import type { RecordCall } from './recorded-call.ts';
import type { BookPages, BooksSpan } from './supplier-books.ts';

/** What a connector has to know of the supplier it speaks to. */
export interface SupplierAccess {
  id: string;
  settings: Readonly<Record<string, unknown>>;
  /** In clear, for the call only. */
  secrets: Readonly<Record<string, string>>;
  /** Where it may call back. Absent where the operator has not said where the server is reached. */
  callback_url?: string;
}

/** What a connector has to know of what it delivers. */
export interface ProductAccess {
  id: string;
  /** The supplier's own name for it. */
  supplier_reference: string | null;
  /** What its connector needs beyond that, as the operator has set it: see `productSettings`. */
  settings: Readonly<Record<string, unknown>>;
}

/** One recharge, or one eSIM, as a connector gets it. */
export interface Recharge {
  /** Our transaction's id: the reference under which the supplier is asked again later. */
  reference: string;
  /** Null for an eSIM: there is no line yet. */
  line: Line | null;
  product: ProductAccess;
  supplier: SupplierAccess;
  /** The most that it may cost, where the supplier can be told so: above it, nothing is to be delivered. Absent: no limit. */
  most?: number;
  /** Is to be told of every request that is made for it. Absent where nobody wants to know. */
  record?: RecordCall;
}

/** What a supplier charges for a sale. */
export interface Cost {
  /** In the main unit. */
  amount: number;
  /** ISO 4217. */
  currency: string;
}

/** What a supplier hands over with a recharge, for the end customer. At least one of the two. */
export interface SupplierReceipt {
  /** In the supplier's words. */
  text?: string;
  /** What the customer has to type in where nothing reaches the line by itself. Worth its money: secret. */
  pin?: { code: string; serial?: string };
}

/**
 * What a supplier call came to.
 * `ko`: proof that nothing was delivered, because the supplier said so or was never reached.
 * With `is_catalogue_stale`, its catalogue is not what it was any more.
 * `unknown`: anything else. The unit stays held until there is proof. With `is_accepted`, the supplier has answered well
 * and is still at it: it is not in trouble. With `is_odd`, it has answered what its own description does not say.
 */
export type Outcome =
  | {
      outcome: 'ok';
      supplier_reference?: string;
      esim?: EsimProfile;
      receipt?: SupplierReceipt;
      cost?: Cost;
      /** How often it was delivered, where that is more than once: somebody in between has sent it again. */
      deliveries?: number;
    }
  | { outcome: 'ko'; reason: SupplierReason; message: string; is_catalogue_stale?: true }
  | { outcome: 'unknown'; cause: string; is_accepted?: true; is_odd?: true };

/** What a supplier says of an earlier recharge. */
export type Found = Outcome | { outcome: 'not_found' };

/** What a supplier sent on its own, as it came. */
export interface Callback {
  headers: Readonly<Record<string, string | string[] | undefined>>;
  body: Buffer;
}

/** What a callback tells of an earlier recharge. */
export interface CallbackNews {
  /** The reference of the recharge. */
  reference: string;
  /** Null where anybody could have sent it: it proves nothing, but the supplier is to be asked now. */
  outcome: Outcome | null;
}

/** A SIM that a supplier is asked about. */
export interface SimQuestion {
  /** The line that was recharged, or the serial of the SIM: of an eSIM its ICCID. */
  line: Line;
  /** The transaction that sold the eSIM or recharged the line; null where somebody asks by the serial alone. */
  reference: string | null;
  supplier: SupplierAccess;
}

/** What all SIMs of a distributor consumed, from an instant until before another. */
export interface GlobalQuestion {
  distributor_id: string;
  from: Date;
  before: Date;
  zone_level: 'region' | 'country';
  supplier: SupplierAccess;
}

/** What a supplier says to a question. `not_supported`: this supplier does not tell it, or not in this way. */
export type SupplierAnswer<T> =
  | { outcome: 'answered'; answer: T }
  | { outcome: 'sim_unknown' }
  | { outcome: 'not_supported'; detail: string }
  | { outcome: 'unknown'; cause: string };

/** Money that lies at a supplier, or that it lends. */
export interface SupplierBalance {
  /** What can be spent now, in the main unit; below 0 for a debt. */
  available: number;
  /** Set aside for recharges that are under way, where it tells. */
  held?: number;
  /** What it lends, where it tells. No vendor says whether that is in `available` as well. */
  credit_limit?: number;
  /** ISO 4217. */
  currency: string;
}

/** A line whose network is asked for. */
export interface NumberQuestion {
  line: Extract<Line, { kind: 'msisdn' }>;
  /** ISO 3166-1 alpha-2. */
  country: string;
  supplier: SupplierAccess;
}

/** A network, by the supplier's own id. */
export interface Network {
  id: string;
  name: string;
}

/** What a supplier knows of whose network a line is in. */
export interface NumberNetworks {
  /** None: it does not know. `identified`: it is certain that it is this one. */
  networks: readonly (Network & { identified: boolean })[];
  /** What the question has cost. Absent: nothing. */
  cost?: Cost;
}

/** Something that a supplier delivers, as it tells it itself. */
export interface SupplierProduct {
  supplier_reference: string;
  name: string;
  type: ProductType;
  transaction_type: TransactionProductType;
  line_kind: LineKind | null;
  /** ISO 3166-1 alpha-2. */
  coverage_zone: string[];
  tags: string[];
  /** ISO 4217. */
  currency: string;
  /** An amount in the main unit. */
  bonus_value: number;
  /** What the supplier charges for one, in the main unit; where there is a `range`, for each main unit of that. */
  cost: number;
  metadata: Record<string, unknown>;
  /** Of which country a number has to be, ISO 3166-1 alpha-2. Absent: that of the supplier. */
  line_country?: string;
  /** The network that it recharges, where there is one. */
  network?: Network;
  /** What the line gets, where that is another currency than what is charged. */
  denomination?: Denomination;
  /** What the line may get: it becomes a product by an amount, which goes into the `settings` with its currency. */
  range?: { min: number; max: number; currency: string };
  /** What a product of it needs in its settings. */
  settings?: Record<string, unknown>;
}

/** Something that a supplier adds to recharges for a while. */
export interface SupplierPromotion {
  id: string;
  title: string;
  text: string;
  begins_at: Date | null;
  ends_at: Date | null;
  network?: Network;
  /** ISO 3166-1 alpha-2; empty where it does not tell. */
  countries: readonly string[];
}

/** Speaks one supplier's dialect. What it can do beyond a recharge it declares by having it. */
export interface Connector {
  /** What the settings of its suppliers have to be. Absent: anything. */
  settings?: TSchema;
  /** The secrets that its suppliers have, all of them, by their names. Absent: any. */
  secrets?: Readonly<Record<string, 'needed' | 'optional'>>;
  /** What the settings of its products have to be. Absent: they have none. */
  productSettings?: TSchema;
  /** What a line gets by these settings of a product; null where they do not say. Products that say otherwise are refused. */
  denominationOf?: (settings: Readonly<Record<string, unknown>>) => Denomination | null;
  /**
   * Recharges a line or delivers an eSIM, once. Whatever it throws counts as `unknown`.
   * @param signal aborts when the deadline has passed; the outcome is then unknown
   */
  recharge: (recharge: Recharge, signal: AbortSignal) => Promise<Outcome>;
  /** What became of a recharge, asked by its reference, any number of times. Absent: this supplier cannot be asked. */
  lookup?: (recharge: Recharge, signal: AbortSignal) => Promise<Found>;
  /** From so many seconds after the call on, `not_found` is proof that nothing was delivered. Absent: never. */
  conclusiveAfter_s?: (supplier: SupplierAccess) => number;
  /** Reads what this supplier sends on its own. Null where it does not come from it. Absent: it sends nothing. */
  readCallback?: (callback: Callback, supplier: SupplierAccess) => CallbackNews | null;
  /** How a SIM stands. Like the questions below: changes nothing, and absent where this supplier cannot be asked. */
  simStatus?: (question: SimQuestion, signal: AbortSignal) => Promise<SupplierAnswer<SimStatus>>;
  /** What is left on a SIM. */
  usage?: (question: SimQuestion, signal: AbortSignal) => Promise<SupplierAnswer<UsageBalance>>;
  /** What all SIMs consumed, by zone. */
  globalBalances?: (question: GlobalQuestion, signal: AbortSignal) => Promise<SupplierAnswer<DistributorBalance>>;
  /** The money there; null where this supplier does not tell it. Throws a `SupplierFault` where it cannot be read. */
  balance?: (supplier: SupplierAccess, signal: AbortSignal) => Promise<SupplierBalance | null>;
  /** In which network a line is. `sim_unknown`: there is no such line. */
  lookupNumber?: (question: NumberQuestion, signal: AbortSignal) => Promise<SupplierAnswer<NumberNetworks>>;
  /**
   * All that it delivers and sells now, page by page. Throws a `SupplierFault` where not all of it can be read: what is
   * missing counts as withdrawn.
   */
  listProducts?: (supplier: SupplierAccess, signal: AbortSignal) => AsyncIterable<SupplierProduct[]>;
  /** What it adds to recharges for now. Throws a `SupplierFault` where it cannot be read. */
  listPromotions?: (supplier: SupplierAccess, signal: AbortSignal) => Promise<SupplierPromotion[]>;
  /**
   * All transactions of a time as the supplier has them, page by page, in any order; some may come twice, and some of
   * shortly before and after with them. Throws a `SupplierFault` where not all can be read: what is missing counts as not
   * delivered.
   */
  listTransactions?: (supplier: SupplierAccess, span: BooksSpan, signal: AbortSignal) => BookPages;
  /** How many days back it lists them. Absent: as far as anybody asks. */
  listsBack_days?: number;
}
