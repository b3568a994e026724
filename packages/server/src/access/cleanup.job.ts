import type { Context } from '../context.ts';
import type { Job } from '../jobs/runner.ts';
import { removeExpiredLinks } from './accounts/accounts.store.ts';
import { removeOldAttempts } from './attempts.store.ts';
import { removeExpiredChallenges } from './passkeys/passkeys.store.ts';
import { forgetSessions } from './sessions/sessions.store.ts';

const EVERY_MS = 3_600_000;
/** How long a session that is over still shows that its account was used from there. */
const REMEMBER_SESSIONS_MS = 30 * 24 * 3_600_000;
/** Longer than attempts count. */
const REMEMBER_ATTEMPTS_MS = 3_600_000;

/** Removes what is left of sessions, one-time links, challenges of passkeys and attempts at passwords. */
export const cleanAccountsJob = ({ store: { db }, now }: Context): Job => ({
  name: 'clean-accounts',
  every_ms: EVERY_MS,
  run: async () => {
    const before = (ms: number): Date => new Date(now().getTime() - ms);
    await forgetSessions(db, before(REMEMBER_SESSIONS_MS));
    await removeOldAttempts(db, before(REMEMBER_ATTEMPTS_MS));
    await removeExpiredLinks(db, now());
    await removeExpiredChallenges(db, now());
    return 'done';
  },
});
