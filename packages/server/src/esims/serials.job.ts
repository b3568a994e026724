import type { Context } from '../context.ts';
import { progressAfter } from '../jobs/progress.rules.ts';
import type { Job } from '../jobs/runner.ts';
import { keepSerials, listWithoutSerials } from './esims.store.ts';
import { openProfile, serialDigests } from './profiles.ts';

const EVERY_MS = 600_000;
const AT_ONCE = 200;

/** Notes by which serials the eSIMs are asked for that earlier versions have sold. */
export const esimSerialsJob = (ctx: Context): Job => ({
  name: 'esim-serials',
  every_ms: EVERY_MS,
  run: async () => {
    const { db } = ctx.store;
    if (!ctx.seal) return 'done';
    const esims = await listWithoutSerials(db, AT_ONCE);
    for (const { transaction_id, sealed, ...owner } of esims) {
      const profile = openProfile(ctx, { id: transaction_id, esim_sealed: sealed });
      await keepSerials(db, { ...owner, transaction_id }, profile ? serialDigests(ctx.seal, profile) : []);
    }
    return progressAfter(esims.length, AT_ONCE);
  },
});
