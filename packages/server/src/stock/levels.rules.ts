/** What is told of a stock: enough, few left, or none. */
export type Level = 'ok' | 'low' | 'depleted';

/** A stock at some moment. */
export interface Stock {
  available: number;
  /** Units it was ever granted. */
  granted: number;
  /** The number of units at or below which it is low; 0 where no alert is set. */
  low_at: number;
}

/** What was told last, and how many units had been granted by then. */
export interface ReportedLevel {
  level: Level;
  granted: number;
}

export type LevelEvent = 'stock.low' | 'stock.depleted' | 'stock.recovered';

/**
 * Units above the threshold at which a stock has recovered for certain. Units that come back from refused sales may leave
 * again at once, so up to there they do not count; those that are granted do. The database knows this number too
 * (the trigger `note_stock_check`).
 */
const marginOf = (low_at: number): number => Math.max(1, Math.ceil(low_at / 10));

/** Decides the level of a stock, after what was last told of it; null: nothing was. */
export function levelAfter(told: ReportedLevel | null, { available, granted, low_at }: Stock): Level {
  // A stock that was never granted anything has not run out.
  if (available === 0 && (granted > 0 || told)) return 'depleted';
  const isRefilled = told !== null && granted > told.granted;
  if (available <= low_at && available > 0) return told?.level === 'depleted' && !isRefilled ? 'depleted' : 'low';
  const before = told?.level ?? 'ok';
  const isBack = isRefilled || available > low_at + marginOf(low_at) || (before === 'low' && low_at === 0);
  return isBack ? 'ok' : before;
}

/** Decides what there is to say when a stock comes from one level to another; null: nothing. */
export function eventOf(before: Level, after: Level, { low_at }: Pick<Stock, 'low_at'>): LevelEvent | null {
  if (after === before) return null;
  if (after === 'depleted') return 'stock.depleted';
  // What is refilled a little was depleted, and is still short.
  if (after === 'low') return before === 'ok' ? 'stock.low' : null;
  // Nobody is waiting any more for what was low by an alert that is gone.
  return before === 'low' && low_at === 0 ? null : 'stock.recovered';
}
