import type { SupplierReason } from '@opentopup/contract';
import type { Line } from '../domain/line.ts';

/** One recharge, as a connector gets it. */
export interface Recharge {
  /** Our transaction's id: the reference under which the supplier is asked again later. */
  reference: string;
  line: Line;
  product_id: string;
}

/**
 * What a supplier call came to.
 * `ko`: proof that nothing was delivered, because the supplier said so or was never reached.
 * `unknown`: anything else. The unit stays held until there is proof.
 */
export type Outcome =
  | { outcome: 'ok'; supplier_reference?: string }
  | { outcome: 'ko'; reason: SupplierReason; message: string }
  | { outcome: 'unknown'; cause: string };

/** Speaks one supplier's dialect. */
export interface Connector {
  /**
   * Recharges a line, once. Whatever it throws counts as `unknown`.
   * @param signal aborts when the deadline has passed; the outcome is then unknown
   */
  recharge: (recharge: Recharge, signal: AbortSignal) => Promise<Outcome>;
}
