import type { Line, LineKind } from './line.ts';

/** What a sale delivers: a recharge of a line, or an eSIM. A new kind begins here; the types then name what it needs. */
export type Deliverable = { kind: 'line'; line: Line } | { kind: 'esim' };

export type DeliverableKind = Deliverable['kind'];

/** Tells what a product delivers, and how an order names the line where there is one. It never changes for a product. */
export const deliveredBy = ({ line_kind }: { line_kind: LineKind | null }) =>
  line_kind === null ? ({ kind: 'esim' } as const) : ({ kind: 'line', line_kind } as const);

/** Gives the line that is recharged; null where what is delivered has none. */
export const lineDelivered = (deliverable: Deliverable): Line | null =>
  deliverable.kind === 'line' ? deliverable.line : null;

const SECRET: Readonly<Record<DeliverableKind, boolean>> = { line: false, esim: true };

/**
 * Tells whether what the supplier answers is itself what was bought: it is kept sealed before the sale is settled, given
 * to the distributor under its own key, and stays out of the call log.
 */
export const isSecret = (kind: DeliverableKind): boolean => SECRET[kind];
