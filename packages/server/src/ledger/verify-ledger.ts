import { setTimeout as sleep } from 'node:timers/promises';
import { type Balances, type LedgerFault, type LedgerReport, wireDate } from '@opentopup/contract';
import { bulkhead } from 'cockatiel';
import type { Context } from '../context.ts';
import type { Db, Query } from '../database/database.ts';
import { writeEvents } from '../outbox/outbox.store.ts';
import { proveStatements } from '../statements/prove-statements.ts';
import { cutsOfBucket } from '../statements/statement-proof.query.ts';
import { applyMovement, type BalanceChange, EMPTY } from './balances.rules.ts';
import { Chain, chainStart } from './chain.rules.ts';
import {
  AT_ONCE,
  type BucketRow,
  countTransactionsOf,
  keepCheckpoints,
  type LedgerPart,
  listUnmatched,
  readBuckets,
  readMovements,
  type UnmatchedTransaction,
} from './ledger.store.ts';

/** More faults than a person will read are not listed. */
const MOST_FAULTS = 100;
const COUNTERS = ['granted', 'available', 'held', 'sold'] as const;

/** How far a proof is. */
export interface LedgerProgress {
  movements: number;
  /** How many there are to be proved. */
  of: number;
}

export interface ProofOptions {
  /** Stops it: it throws what the signal says. */
  signal?: AbortSignal;
  /** Told after each portion. */
  onProgress?: (progress: LedgerProgress) => void;
}

/** It reads all that there is: a second one meanwhile would only take from sales what they need. */
const one = bulkhead(1, Number.POSITIVE_INFINITY);

/**
 * Proves the ledger: no movement missing or changed, each bucket's counters what its movements add up to, and movements
 * and transactions in agreement one for one. Sales go on meanwhile.
 */
export const verifyLedger = (
  ctx: Pick<Context, 'store' | 'now'>,
  part: LedgerPart,
  options: ProofOptions = {},
): Promise<LedgerReport> => one.execute(() => prove(ctx, part, options));

async function prove(
  ctx: Pick<Context, 'store' | 'now'>,
  part: LedgerPart,
  { signal, onProgress = () => {} }: ProofOptions,
): Promise<LedgerReport> {
  const { db } = ctx.store;
  const faults: LedgerFault[] = [];
  const sums: Balances = { ...EMPTY };
  const bucketsOf = new Map<string, BucketRow[]>();
  const progress: LedgerProgress = { movements: 0, of: 0 };
  let movements = 0;
  let transactions = 0;

  for await (const bucket of readBuckets(db, part)) {
    const { distributor_id } = bucket;
    movements += bucket.seq;
    progress.of += bucket.seq - (bucket.proved?.seq ?? 0);
    bucketsOf.set(distributor_id, [...(bucketsOf.get(distributor_id) ?? []), bucket]);
    for (const counter of COUNTERS) sums[counter] += bucket[counter];
  }
  const pace = createPace(signal);
  const onPortion = async (read: number): Promise<void> => {
    progress.movements += read;
    onProgress({ ...progress });
    await pace(read);
  };
  for (const bucket of [...bucketsOf.values()].flat()) faults.push(...(await verifyBucket(db, bucket, onPortion)));
  for (const [distributor_id, buckets] of bucketsOf) {
    signal?.throwIfAborted();
    const proved = buckets.flatMap((bucket) => bucket.proved?.at.getTime() ?? []);
    const from = new Date(proved.length > 0 ? Math.min(...proved) : 0);
    const listed = async (tx: Query) => {
      if (!part.isContinued) transactions += await countTransactionsOf(tx, distributor_id);
      return listUnmatched(tx, distributor_id, { ...part, from });
    };
    const unmatched = await db.transaction(listed, { isLong: true });
    faults.push(...unmatched.map((each) => ({ distributor_id, ...unmatchedFault(each) })));
    if (part.offerId === undefined) faults.push(...(await proveStatements(db, distributor_id, from)));
  }
  if (part.isContinued) {
    const faulty = new Set(faults.map(({ distributor_id }) => distributor_id));
    for (const [id, buckets] of bucketsOf) if (!faulty.has(id)) await keepCheckpoints(db, buckets);
  }
  return {
    verified: faults.length === 0,
    date: wireDate(ctx.now()),
    buckets: [...bucketsOf.values()].flat().length,
    movements,
    transactions,
    sums,
    faults: faults.slice(0, MOST_FAULTS),
  };
}

/** So many times as long as a portion took longer than the fastest is rested after it, but no longer than it took. */
const REST = 4;

/** Lets others go first: what makes a portion slow is that somebody else wants the database, or this process. */
function createPace(signal?: AbortSignal): (read: number) => Promise<void> {
  let fastest_ms = Number.POSITIVE_INFINITY;
  let since_ms = performance.now();
  return async (read) => {
    const took_ms = performance.now() - since_ms;
    if (read === AT_ONCE) fastest_ms = Math.min(fastest_ms, took_ms);
    signal?.throwIfAborted();
    await sleep(Math.min(took_ms, REST * Math.max(0, took_ms - fastest_ms)), undefined, signal && { signal });
    since_ms = performance.now();
  };
}

const CHAIN_FAULTS = {
  missing_movement: 'this movement was removed',
  changed_movement: 'this movement is not what was booked',
  changed_statement: 'a statement was cut here, and keeps another head',
  broken_chain: 'the chain is broken here: this movement, or one just before it, was rewritten',
} as const;

/** Proves one bucket: its chain, and the arithmetic of its movements. */
async function verifyBucket(
  db: Db,
  bucket: BucketRow,
  onPortion: (read: number) => Promise<void>,
): Promise<LedgerFault[]> {
  const { distributor_id, offer_id } = bucket;
  const faults: LedgerFault[] = [];
  const note = (kind: LedgerFault['kind'], detail: string, seq?: number): void => {
    faults.push({ distributor_id, offer_id, kind, detail, ...(seq !== undefined && { seq }) });
  };

  const { proved } = bucket;
  const chain = new Chain(proved ?? { head: chainStart(distributor_id, offer_id), seq: 0 });
  const cuts = await cutsOfBucket(db, distributor_id, offer_id, proved?.seq ?? -1);
  for (const { seq, head } of cuts) chain.expect(seq, head);
  const cutsAt = Map.groupBy(cuts, ({ seq }) => seq);
  let balances: Balances | null = proved ?? EMPTY;
  for await (const rows of readMovements(db.reads, bucket)) {
    for (const row of rows) {
      chain.add(row);
      const next: Balances | null = balances && applyMovement(balances, row as BalanceChange);
      if (balances && !next) note('wrong_balance', `${row.kind} of ${row.units} cannot follow what was there`, row.seq);
      balances = next;
      for (const { number, available, held } of cutsAt.get(row.seq) ?? []) {
        if (next && available === next.available && held === next.held) continue;
        note('changed_statement', `statement ${number} keeps another stock`, row.seq);
      }
    }
    await onPortion(rows.length);
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

/** Tells the operator, and the distributors concerned, that the ledger does not prove. */
export async function reportMismatch(ctx: Context, { faults }: LedgerReport): Promise<void> {
  const at = ctx.now();
  for (const { distributor_id, offer_id, kind, seq, detail } of faults) {
    ctx.alert('the ledger does not prove', { distributor_id, offer_id, kind, seq: String(seq ?? ''), detail });
  }
  const offers = new Map(faults.map(({ distributor_id, offer_id }) => [offer_id, distributor_id]));
  await writeEvents(
    ctx.store.db,
    [...offers].map(([offer_id, distributor_id]) => ({
      distributor_id,
      kind: 'ledger.mismatch',
      subject_id: offer_id,
      at,
      data: { offer_id, faults: faults.filter((fault) => fault.offer_id === offer_id) },
    })),
  );
}
