import type {
  DistributorBalance,
  ProductType,
  SimStatus,
  SupplierReason,
  TransactionProductType,
  UsageBalance,
} from '@opentopup/contract';
import type { TSchema } from 'typebox';
import type { Line, LineKind } from '../values/line.ts';
import type { RecordCall } from './recorded-call.ts';

/** What a connector has to know of the supplier it speaks to. */
export interface SupplierAccess {
  id: string;
  settings: Readonly<Record<string, unknown>>;
  /** In clear, for the call only. */
  secrets: Readonly<Record<string, string>>;
}

/** One recharge, or one eSIM, as a connector gets it. */
export interface Recharge {
  /** Our transaction's id: the reference under which the supplier is asked again later. */
  reference: string;
  /** Null for an eSIM: there is no line yet. */
  line: Line | null;
  /** `supplier_reference`: the supplier's own name for it. */
  product: { id: string; supplier_reference: string | null };
  supplier: SupplierAccess;
  /** The most that it may cost, where the supplier can be told so: above it, nothing is to be delivered. Absent: no limit. */
  most?: number;
  /** Is to be told of every request that is made for it. Absent where nobody wants to know. */
  record?: RecordCall;
}

/** An eSIM that a supplier has delivered; all of it is secret but the numbers. */
export interface EsimProfile {
  /** What installs it: `LPA:1$…` (GSMA SGP.22, 4.1). */
  activation_code: string;
  smdp_url: string;
  matching_id: string;
  /** The calling code of its number. */
  prefix: string;
  msisdn: string;
  iccid: string;
  nsce: string;
  imsi: string;
  pin_code: string;
  puk: string;
}

/** What a supplier charges for a sale. */
export interface Cost {
  /** In the main unit. */
  amount: number;
  /** ISO 4217. */
  currency: string;
}

/**
 * What a supplier call came to.
 * `ko`: proof that nothing was delivered, because the supplier said so or was never reached.
 * With `is_catalogue_stale`, its catalogue is not what it was any more.
 * `unknown`: anything else. The unit stays held until there is proof.
 */
export type Outcome =
  | { outcome: 'ok'; supplier_reference?: string; esim?: EsimProfile; cost?: Cost }
  | { outcome: 'ko'; reason: SupplierReason; message: string; is_catalogue_stale?: true }
  | { outcome: 'unknown'; cause: string };

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
  outcome: Outcome;
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
  /** What the supplier charges for one, in the main unit. */
  cost: number;
  metadata: Record<string, unknown>;
}

/** Speaks one supplier's dialect. What it can do beyond a recharge it declares by having it. */
export interface Connector {
  /** What the settings of its suppliers have to be. Absent: anything. */
  settings?: TSchema;
  /** The secrets that its suppliers have, all of them, by their names. Absent: any. */
  secrets?: Readonly<Record<string, 'needed' | 'optional'>>;
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
  /** All that it delivers and sells now. Throws where not all of it can be read: what is missing counts as withdrawn. */
  listProducts?: (supplier: SupplierAccess, signal: AbortSignal) => Promise<SupplierProduct[]>;
}
