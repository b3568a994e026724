import type { Denomination } from '@opentopup/contract';

/** A transaction as a supplier has it in its books. */
export interface SupplierTransaction {
  /** The supplier's own name for it; no two have the same. */
  supplier_reference: string;
  /** Ours, as it was sent; null where the supplier has none. */
  reference: string | null;
  /** The number, with or without `+`, or the serial; null where it has none. */
  line: string | null;
  /** What it calls what was ordered, as a product of ours names it. */
  product?: string;
  /** What the line got. */
  value?: Denomination;
  /** What the supplier charges for it, in the main unit. */
  cost?: { amount: number; currency: string };
  /** `reversed`: it was delivered, and is taken back. */
  state: 'delivered' | 'refused' | 'reversed' | 'pending';
  /** When it was made there. */
  at: Date;
}

/** What a supplier has in its books, page by page. */
export type BookPages = AsyncIterable<SupplierTransaction[]>;

/** A time of which a supplier is asked for its books. */
export interface BooksSpan {
  from: Date;
  /** The first instant after it. */
  before: Date;
}
