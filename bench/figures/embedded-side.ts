// The embedded database in a process of its own, selling in one of two ways.

import { newId } from '../../packages/server/src/database/ids.ts';
import { openPglite } from '../../packages/server/src/database/pglite.ts';
import { createStore } from '../../packages/server/src/sales/store.ts';
import { makePlainCatalogue } from '../plain/catalogue.ts';
import type { Database } from '../plain/database.ts';
import { hold, settle } from '../plain/sell.ts';
import { planShops } from '../sides/catalogue.ts';
import { makeCatalogue } from '../sides/ours.ts';

/** `grouped`: our store. `single`: the steps of the plain server, one transaction each. */
export type Way = 'grouped' | 'single';

export interface EmbeddedJob {
  callers: number;
  seconds: number;
}

export interface EmbeddedResult {
  sold: number;
  seconds: number;
}

const LINE = '+33684587587';

const [folder, way] = process.argv.slice(2) as [string, Way];
const shops = { hot: planShops(1).hot, wide: [] };
const { distributor_id, offers } = shops.hot;
const offer_id = offers[0] as string;
const db = await openPglite(folder);

async function grouped(): Promise<() => Promise<void>> {
  await makeCatalogue(db, shops);
  const store = createStore(db);
  const catalogue_version = await store.catalogue.version();
  return async () => {
    const id = newId();
    const order = { id, distributor_id, offer_id, offer_version: 1, line: LINE, user_id: null };
    const { result } = await store.hold({ ...order, voucher_id: null, idempotency: null, catalogue_version });
    const outcome = { status: 'ok', reason: null, message: null, supplier_reference: null, at: new Date() } as const;
    const { settled } = await store.resolve({ distributor_id, transaction_id: id, ...outcome });
    if (result !== 'held' || !settled) throw new Error(`not sold, but ${result}`);
  };
}

async function single(): Promise<() => Promise<void>> {
  const plain: Database = {
    run: (_, text, values) => db.query(text, values as string[]),
    transaction: (work) =>
      db.transaction((tx) => work({ run: (_, text, values) => tx.query(text, values as string[]) })),
    script: (text) => db.script(text),
    close: () => db.close(),
  };
  await makePlainCatalogue(plain, shops);
  return async () => {
    const id = newId();
    const held = await hold(plain, distributor_id, { offer_id, parameters: { msisdn: LINE } }, null, id, new Date());
    if (!held) throw new Error('not sold');
    await settle(plain, offer_id, id, new Date());
  };
}

const sell = await (way === 'grouped' ? grouped() : single());

async function sellFor({ callers, seconds }: EmbeddedJob): Promise<EmbeddedResult> {
  const from = performance.now();
  const until = from + seconds * 1_000;
  let sold = 0;
  const caller = async (): Promise<void> => {
    while (performance.now() < until) {
      await sell();
      sold += 1;
    }
  };
  await Promise.all(Array.from({ length: callers }, caller));
  return { sold, seconds: (performance.now() - from) / 1_000 };
}

process.on('message', (job: EmbeddedJob) => {
  void sellFor(job).then((result) => process.send?.(result));
});
process.send?.('ready');
