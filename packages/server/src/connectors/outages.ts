import type { Context } from '../context.ts';
import type { HealthListener } from './isolation.ts';
import { beginOutage, endOutage } from './outages.store.ts';

/** Keeps in the database, for all processes to see, which suppliers do not answer. */
export function noteHealth(ctx: Pick<Context, 'store' | 'now' | 'alert' | 'background'>): HealthListener {
  const { db } = ctx.store;
  return {
    down: (supplier_id, cause) => {
      ctx.alert('a supplier does not answer', { supplier_id, cause });
      ctx.background(beginOutage(db, supplier_id, cause, ctx.now()));
    },
    up: (supplier_id) => ctx.background(endOutage(db, supplier_id, ctx.now())),
  };
}
