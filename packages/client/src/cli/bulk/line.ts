/** One line of a file: one top-up to be sold. */
export interface BulkOrder {
  /** Its number in the file, from 1. */
  line: number;
  offer_id: string;
  /** As it was typed; one of the two. */
  msisdn: string | null;
  sim_id: string | null;
  /** The distributor's own, or what is made from the file and the line. */
  reference: string;
}

/**
 * Where a line stands.
 * - `new`: it was never sent.
 * - `sending`: it may have been sold, or it may not.
 * - `pending`: it was sent, and nobody knows yet.
 */
export type LineState = 'new' | 'sending' | 'ok' | 'refused' | 'pending';

/** A line as it stands. */
export interface BulkLine extends BulkOrder {
  state: LineState;
  /** When it was sent for the last time, or its outcome became known, in milliseconds since 1970. */
  at_ms: number;
  transaction_id: string | null;
  reason: string | null;
}

/** What became of a line. */
export interface LineOutcome {
  state: 'ok' | 'refused' | 'pending';
  transaction_id: string | null;
  reason: string | null;
}

export const lineParameters = ({ msisdn, sim_id }: BulkOrder): { msisdn: string } | { simId: string } =>
  msisdn === null ? { simId: sim_id ?? '' } : { msisdn };
