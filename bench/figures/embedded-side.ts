// The embedded database in a process of its own: sales by group commit, or one statement for each.
import type { Db } from '../../packages/server/src/store/db.ts';
import { openPglite } from '../../packages/server/src/store/db-pglite.ts';
import { type HoldRequest, type HoldResult, holdUnits } from '../../packages/server/src/store/hold.ts';
import { newId } from '../../packages/server/src/store/ids.ts';
import { type Resolution, type ResolveResult, resolveTransactions } from '../../packages/server/src/store/resolve.ts';
import { createStore } from '../../packages/server/src/store/store.ts';
import { planShops } from '../sides/catalogue.ts';
import { makeCatalogue } from '../sides/ours.ts';

export interface EmbeddedJob {
  grouped: boolean;
  callers: number;
  seconds: number;
}

export interface EmbeddedResult {
  sold: number;
  seconds: number;
}

interface Steps {
  hold: (request: HoldRequest) => Promise<HoldResult>;
  resolve: (resolution: Resolution) => Promise<ResolveResult>;
}

const shops = planShops(1);
const { distributor_id, offers } = shops.hot;
const offer_id = offers[0] as string;

async function sell({ hold, resolve }: Steps): Promise<void> {
  const id = newId();
  const order = { id, distributor_id, offer_id, offer_version: 1, line: '+33684587587', user_id: null };
  const { result } = await hold({ ...order, voucher_id: null, idempotency: null });
  const outcome = { status: 'ok', reason: null, message: null, supplier_reference: null, at: new Date() } as const;
  const { settled } = await resolve({ distributor_id, transaction_id: id, ...outcome });
  if (result !== 'held' || !settled) throw new Error(`not sold, but ${result}`);
}

async function work(db: Db, { grouped, callers, seconds }: EmbeddedJob): Promise<EmbeddedResult> {
  const steps: Steps = grouped
    ? createStore(db)
    : {
        hold: async (request) => (await holdUnits(db, [request]))[0] as HoldResult,
        resolve: async (resolution) => (await resolveTransactions(db, [resolution]))[0] as ResolveResult,
      };
  const from = performance.now();
  const until = from + seconds * 1_000;
  let sold = 0;
  const caller = async (): Promise<void> => {
    while (performance.now() < until) {
      await sell(steps);
      sold += 1;
    }
  };
  await Promise.all(Array.from({ length: callers }, caller));
  return { sold, seconds: (performance.now() - from) / 1_000 };
}

const db = await openPglite(process.argv[2] as string);
await makeCatalogue(db, { hot: shops.hot, wide: [] });
process.on('message', (job: EmbeddedJob) => {
  void work(db, job).then((result) => process.send?.(result));
});
process.send?.('ready');
