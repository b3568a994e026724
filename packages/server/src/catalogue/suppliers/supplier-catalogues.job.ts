import type { Context } from '../../context.ts';
import type { Job } from '../../jobs/runner.ts';
import { writeOperatorEvents } from '../../outbox/outbox.store.ts';
import { readCatalogue } from './read-catalogue.ts';
import { takeReading } from './supplier-catalogue.store.ts';
import { supplierIdsOf } from './suppliers.query.ts';

/** Who has changed an offer where nobody did. */
const ACTOR = 'catalogue';

const EVERY_MS = 1_000;
/** How often it looks whose catalogue is due. */
const LOOK_EVERY_MS = 30_000;
/** How long a supplier is left alone after a reading, however much a sale hurries. */
const REST_MS = 10_000;
/** The share by which an interval is longer or shorter at most, so that not all are read at once. */
const JITTER = 0.1;

/**
 * Reads the catalogues of suppliers again: each about once in the interval, by any one of the processes, and soon after a
 * sale that says that it has changed.
 */
export function cataloguesJob(ctx: Context, interval_s: number): Job {
  const interval_ms = interval_s * 1_000;
  const { db } = ctx.store;
  const look_ms = Math.min(LOOK_EVERY_MS, interval_ms / 2);
  let next_ms = 0;

  return {
    name: 'catalogues',
    every_ms: Math.min(EVERY_MS, look_ms),
    run: async (signal) => {
      for (const [id, difference] of ctx.doubts) {
        if (signal.aborted) return 'done';
        if (!(await takeReading(db, id, REST_MS, ctx.now()))) continue;
        ctx.doubts.delete(id);
        if (difference) {
          const event = { kind: 'supplier.cost_differs', subject_id: id, at: ctx.now(), data: difference } as const;
          await writeOperatorEvents(db, [event]);
        }
        await readCatalogue(ctx, id, {}, ACTOR);
      }
      if (performance.now() < next_ms) return 'done';
      next_ms = performance.now() + look_ms;
      const { connectors } = ctx;
      const listing = connectors.names.filter((name) => connectors.get(name)?.listProducts);
      for (const id of await supplierIdsOf(db, listing)) {
        if (signal.aborted) return 'done';
        const jittered_ms = interval_ms * (1 + JITTER * (2 * Math.random() - 1));
        if (await takeReading(db, id, jittered_ms, ctx.now())) await readCatalogue(ctx, id, {}, ACTOR);
      }
      return 'done';
    },
  };
}
