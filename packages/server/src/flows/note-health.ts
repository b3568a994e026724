import { beginOutage, endOutage } from '../store/outages.ts';
import type { HealthListener } from '../suppliers/isolation.ts';
import type { Flow } from './flow.ts';

/** Keeps in the database, for all processes to see, which suppliers do not answer. */
export function noteHealth(flow: Pick<Flow, 'store' | 'now' | 'alert' | 'background'>): HealthListener {
  const { db } = flow.store;
  return {
    down: (supplier_id, cause) => {
      flow.alert('a supplier does not answer', { supplier_id, cause });
      flow.background(beginOutage(db, supplier_id, cause, flow.now()));
    },
    up: (supplier_id) => flow.background(endOutage(db, supplier_id, flow.now())),
  };
}
