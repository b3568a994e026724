import type { Check } from './check.ts';
import { ACCESS_CHECKS } from './checks/access.ts';
import { KEY_CHECKS } from './checks/keys.ts';
import { LIMIT_CHECKS } from './checks/limits.ts';
import { LIST_CHECKS } from './checks/lists.ts';
import { OFFER_CHECKS } from './checks/offers.ts';
import { REFUSED_ORDER_CHECKS } from './checks/refused-orders.ts';
import { SALE_CHECKS } from './checks/sales.ts';
import { SIM_CHECKS } from './checks/sims.ts';
import { TRANSACTION_CHECKS } from './checks/transactions.ts';

/** Every check, in the order in which they run: what is sold first can be looked for afterwards. */
export const CHECKS: readonly Check[] = [
  ...ACCESS_CHECKS,
  ...OFFER_CHECKS,
  ...REFUSED_ORDER_CHECKS,
  ...SALE_CHECKS,
  ...KEY_CHECKS,
  ...TRANSACTION_CHECKS,
  ...LIST_CHECKS,
  ...SIM_CHECKS,
  ...LIMIT_CHECKS,
];
