import { type Check, holds, refusedWith } from '../check.ts';

/** Tokens that a client may ask for within a minute. */
const TOKENS = 50;

/** What is limited. Last of all: nobody gets a token with these credentials for a minute afterwards. */
export const LIMIT_CHECKS: readonly Check[] = [
  {
    operation: 'createToken',
    rule: 'tokens_limited',
    severity: 'minor',
    needs: 'limits',
    run: async ({ guest }) => {
      for (let asked = 0; asked <= TOKENS; asked++) {
        const seen = await guest.askTokenOnce();
        if (seen.status === 429) return refusedWith(seen, 429, 53);
      }
      holds(false, 'status', `429 after ${TOKENS}`, 200);
    },
  },
];
