import type { SupplierReason } from '@opentopup/contract';
import type { TSchema } from 'typebox';
import type { Line } from '../domain/line.ts';

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

/**
 * What a supplier call came to.
 * `ko`: proof that nothing was delivered, because the supplier said so or was never reached.
 * `unknown`: anything else. The unit stays held until there is proof.
 */
export type Outcome =
  | { outcome: 'ok'; supplier_reference?: string; esim?: EsimProfile }
  | { outcome: 'ko'; reason: SupplierReason; message: string }
  | { outcome: 'unknown'; cause: string };

/** What a supplier says of an earlier recharge. */
export type Found = Outcome | { outcome: 'not_found' };

/** Speaks one supplier's dialect. What it can do beyond a recharge it declares by having it. */
export interface Connector {
  /** What the settings of its suppliers have to be. Absent: anything. */
  settings?: TSchema;
  /** The secrets that its suppliers have, all of them. Absent: any. */
  secrets?: readonly string[];
  /**
   * Recharges a line or delivers an eSIM, once. Whatever it throws counts as `unknown`.
   * @param signal aborts when the deadline has passed; the outcome is then unknown
   */
  recharge: (recharge: Recharge, signal: AbortSignal) => Promise<Outcome>;
  /** What became of a recharge, asked by its reference, any number of times. Absent: this supplier cannot be asked. */
  lookup?: (recharge: Recharge, signal: AbortSignal) => Promise<Found>;
  /** From so many seconds after the call on, `not_found` is proof that nothing was delivered. Absent: never. */
  lookup_conclusive_after_s?: number;
}
