import type { Query } from '../../database/database.ts';
import type { Job } from '../../jobs/runner.ts';
import { listClosedClients } from './credentials.query.ts';

const EVERY_MS = 2_000;

/** Knows the clients whose tokens do not count any more, a moment after they were closed in whatever process. */
export function closedClients(db: Query): { isClosed: (client_id: string) => boolean; job: Job } {
  let closed = new Set<string>();
  return {
    isClosed: (client_id) => closed.has(client_id),
    job: {
      name: 'closed-clients',
      every_ms: EVERY_MS,
      run: async () => {
        closed = new Set(await listClosedClients(db));
        return 'done';
      },
    },
  };
}
