import type { LedgerFault, LedgerReport } from '@opentopup/contract';
import { wireDate } from '@opentopup/contract';
import { applyMovement, type Balances, EMPTY, type Movement } from '../domain/bucket.ts';
import { Chain } from '../domain/chain.ts';
import type { Db } from '../store/db.ts';
import {
  type BucketRow,
  countAllTransactions,
  listUnmatched,
  readBuckets,
  readMovements,
  type UnmatchedTransaction,
} from '../store/queries/ledger.ts';
import type { Flow } from './flow.ts';

/** More faults than a person will read are not listed. */
const MOST_FAULTS = 100;
const COUNTERS = ['granted', 'available', 'held', 'sold'] as const;

/**
 * Proves the ledger: no movement missing or changed, each bucket's counters what its movements add up to, and movements
 * and transactions in agreement one for one. Sales go on meanwhile.
 * @param offerId only this offer's bucket, and its distributor's transactions
 */
export async function verifyLedger(flow: Flow, offerId?: string): Promise<LedgerReport> {
  const { db } = flow.store;
  const faults: LedgerFault[] = [];
  const sums: Balances = { ...EMPTY };
  const distributors = new Set<string>();
  let buckets = 0;
  let movements = 0;
  let transactions = 0;

  for await (const bucket of readBuckets(db, offerId)) {
    buckets += 1;
    movements += bucket.seq;
    distributors.add(bucket.distributor_id);
    for (const counter of COUNTERS) sums[counter] += bucket[counter];
    faults.push(...(await verifyBucket(db, bucket)));
  }
  for (const distributor_id of distributors) {
    transactions += await countAllTransactions(db, distributor_id);
    const unmatched = await listUnmatched(db, distributor_id);
    faults.push(...unmatched.map((each) => ({ distributor_id, ...unmatchedFault(each) })));
  }
  return {
    verified: faults.length === 0,
    date: wireDate(flow.now()),
    buckets,
    movements,
    transactions,
    sums,
    faults: faults.slice(0, MOST_FAULTS),
  };
}

const CHAIN_FAULTS = {
  missing_movement: 'this movement was removed',
  changed_movement: 'this movement is not what was booked',
  broken_chain: 'the chain is broken here: this movement, or one just before it, was rewritten',
} as const;

/** One bucket: its chain, and the arithmetic of its movements. */
async function verifyBucket(db: Db, bucket: BucketRow): Promise<LedgerFault[]> {
  const { distributor_id, offer_id } = bucket;
  const faults: LedgerFault[] = [];
  const note = (kind: LedgerFault['kind'], detail: string, seq?: number): void => {
    faults.push({ distributor_id, offer_id, kind, detail, ...(seq !== undefined && { seq }) });
  };

  const chain = new Chain(distributor_id, offer_id);
  let balances: Balances | null = EMPTY;
  for await (const rows of readMovements(db, bucket)) {
    for (const row of rows) {
      chain.add(row);
      const next: Balances | null = balances && applyMovement(balances, row as Movement);
      if (balances && !next) note('wrong_balance', `${row.kind} of ${row.units} cannot follow what was there`, row.seq);
      balances = next;
    }
  }
  for (const { kind, seq } of chain.end(bucket.head, bucket.seq)) note(kind, CHAIN_FAULTS[kind], seq);

  const wrong = balances && COUNTERS.filter((counter) => balances[counter] !== bucket[counter]);
  for (const counter of wrong ?? []) {
    note('wrong_balance', `${counter} is ${bucket[counter]}, its movements add up to ${balances?.[counter]}`);
  }
  return faults;
}

function unmatchedFault(each: UnmatchedTransaction): Omit<LedgerFault, 'distributor_id'> {
  const { transaction_id, offer_id, status, movements } = each;
  return status === null
    ? { offer_id, transaction_id, kind: 'without_transaction', detail: `${movements}, of no transaction` }
    : { offer_id, transaction_id, kind: 'missing_for_transaction', detail: `${status}, with movements: ${movements}` };
}
