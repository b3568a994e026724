import { v7 } from 'uuid';
import type { Db } from '../../src/database/database.ts';

/** An attempt of a past order, and how it went. */
export interface PastAttempt {
  product_id: string;
  /** `next`: refused so that another one may be tried. `line`: refused for the line. */
  result: 'ok' | 'next' | 'line' | 'pending';
  took_ms: number;
  /** What its supplier said that it charged; without it, it said nothing. */
  charged?: { cost: number; currency: string };
}

/** A past order of an offer. Without attempts, all suppliers were passed over. */
export interface RoutedOrder {
  at: Date;
  distributor_id: string;
  offer_id: string;
  version: number;
  /** The offer's own product. */
  own: string;
  attempts: readonly PastAttempt[];
}

const REASONS = { ok: null, next: 'supplier_unavailable', line: 'line_unknown', pending: null };

/** Writes past orders as sales along routes leave them. @returns the ids of their transactions */
export async function plantOrders(db: Db, orders: readonly RoutedOrder[]): Promise<string[]> {
  const ids: string[] = [];
  const [transactions, attempts, resolutions]: object[][] = [[], [], []];
  for (const [seq, { at, distributor_id, offer_id, version, own, attempts: made }] of orders.entries()) {
    const id = v7({ msecs: at.getTime(), seq });
    ids.push(id);
    const key = { distributor_id, transaction_id: id };
    transactions?.push({ distributor_id, id, offer_id, offer_version: version, created_at: at });
    let begun = at.getTime();
    const isImplied = made.length === 1 && made[0]?.product_id === own;
    for (const [i, { product_id, result, took_ms }] of made.entries()) {
      const end = begun + took_ms;
      const ended_at = i < made.length - 1 ? new Date(end) : null;
      const reason = ended_at && REASONS[result];
      if (!isImplied)
        attempts?.push({ ...key, number: i + 1, product_id, begun_at: new Date(begun), ended_at, reason });
      begun = end;
    }
    const last = made.at(-1);
    if (last?.result === 'pending') continue;
    const result = last?.result ?? 'next';
    resolutions?.push({
      ...key,
      status: result === 'ok' ? 'ok' : 'ko',
      reason: REASONS[result],
      at: new Date(begun),
      product_id: last?.product_id ?? null,
      attempt: made.length > 1 ? made.length : null,
      cost: last?.charged?.cost ?? null,
      cost_currency: last?.charged?.currency ?? null,
    });
  }
  const tables = { transactions, delivery_attempts: attempts, resolutions };
  for (const [table, rows] of Object.entries(tables)) {
    await db.query(`INSERT INTO ${table} SELECT * FROM jsonb_populate_recordset(NULL::${table}, $1::jsonb)`, [
      JSON.stringify(rows),
    ]);
  }
  return ids;
}
