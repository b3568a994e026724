import { setTimeout as sleep } from 'node:timers/promises';
import { v7 } from 'uuid';
import type { Database, Statements } from './database.ts';

export interface PlainOrder {
  offer_id: string;
  parameters: { msisdn: string };
  user_id?: string;
  voucher_id?: string;
}

interface Offer {
  id: string;
  name: string;
  resell_value_minor: string;
  product_name: string;
  transaction_type: string;
  currency: string;
  bonus_value_minor: string;
  supplier_name: string;
}

interface Transaction {
  id: string;
  msisdn: string;
  status: string;
  created_at: Date;
  changed_at: Date;
}

export type Sold = { offer: Offer; transaction: Transaction } | 'no offer' | 'bad number' | 'bucket empty';

const MOBILE = /^\+33[67]\d{8}$/;

async function findOffer(db: Database, distributorId: string, offerId: string): Promise<Offer | undefined> {
  const [offer] = await db.run<Offer>(
    'find-offer',
    `SELECT o.id, o.name, o.resell_value_minor, p.name AS product_name, p.transaction_type, p.currency,
            p.bonus_value_minor, s.name AS supplier_name
     FROM offers o JOIN products p ON p.id = o.product_id JOIN suppliers s ON s.id = p.supplier_id
     WHERE o.id = $1 AND o.distributor_id = $2`,
    [offerId, distributorId],
  );
  return offer;
}

async function findByKey(db: Database, distributorId: string, key: string): Promise<Transaction | undefined> {
  const [transaction] = await db.run<Transaction>(
    'find-by-key',
    'SELECT id, msisdn, status, created_at, changed_at FROM transactions WHERE distributor_id = $1 AND idempotency_key = $2',
    [distributorId, key],
  );
  return transaction;
}

async function note(tx: Statements, movement: string, event: string, offerId: string, id: string, at: Date) {
  await tx.run(
    'insert-movement',
    'INSERT INTO movements (offer_id, transaction_id, kind, units, at) VALUES ($1, $2, $3, 1, $4)',
    [offerId, id, movement, at],
  );
  await tx.run('insert-event', 'INSERT INTO events (transaction_id, kind, at) VALUES ($1, $2, $3)', [id, event, at]);
}

/** Takes a unit aside and writes the transaction down; false when there is none left. */
export function hold(db: Database, distributorId: string, order: PlainOrder, key: string | null, id: string, at: Date) {
  return db.transaction(async (tx) => {
    const taken = await tx.run(
      'hold-unit',
      `UPDATE buckets SET available = available - 1, held = held + 1 WHERE offer_id = $1 AND available > 0
       RETURNING available`,
      [order.offer_id],
    );
    if (taken.length === 0) return false;
    await tx.run(
      'insert-transaction',
      `INSERT INTO transactions (id, distributor_id, offer_id, msisdn, user_id, voucher_id, idempotency_key, status,
                                 created_at, changed_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, 'pending', $8, $8)`,
      [
        id,
        distributorId,
        order.offer_id,
        order.parameters.msisdn,
        order.user_id ?? null,
        order.voucher_id ?? null,
        key,
        at,
      ],
    );
    await note(tx, 'hold', 'transaction.created', order.offer_id, id, at);
    return true;
  });
}

export function settle(db: Database, offerId: string, id: string, at: Date): Promise<void> {
  return db.transaction(async (tx) => {
    await tx.run('settle-transaction', `UPDATE transactions SET status = 'ok', changed_at = $2 WHERE id = $1`, [
      id,
      at,
    ]);
    await tx.run('sell-unit', 'UPDATE buckets SET held = held - 1, sold = sold + 1 WHERE offer_id = $1', [offerId]);
    await note(tx, 'sell', 'transaction.completed', offerId, id, at);
  });
}

/**
 * Sells a top-up: one transaction holds the unit, then the supplier, then one transaction settles.
 * @param latency_ms how long the supplier takes
 */
export async function sell(
  db: Database,
  latency_ms: number,
  distributorId: string,
  order: PlainOrder,
  key: string | null,
): Promise<Sold> {
  const offer = await findOffer(db, distributorId, order.offer_id);
  if (!offer) return 'no offer';
  const earlier = key === null ? undefined : await findByKey(db, distributorId, key);
  if (earlier) return { offer, transaction: earlier };
  const { msisdn } = order.parameters;
  if (!MOBILE.test(msisdn)) return 'bad number';

  const id = v7();
  const created_at = new Date();
  if (!(await hold(db, distributorId, order, key, id, created_at))) return 'bucket empty';
  if (latency_ms > 0) await sleep(latency_ms);
  const changed_at = new Date();
  await settle(db, offer.id, id, changed_at);
  return { offer, transaction: { id, msisdn, status: 'ok', created_at, changed_at } };
}
