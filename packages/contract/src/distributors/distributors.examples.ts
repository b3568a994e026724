import { EXAMPLE_IDS, EXAMPLE_SINCE } from '../example-values.ts';

/** Examples of answers, by the title of their schema. */
export const DISTRIBUTOR_EXAMPLES = {
  SandboxClock: { ahead_s: 2_678_400 },
  ReceiptSettings: {
    paper: '80mm',
    shop_name: 'Airport shop',
    address: ['Terminal 2', '95700 Roissy'],
    vat_number: 'FR32123456789',
    help_line: '+33 1 23 45 67 89',
  },
  DistributorSettings: {
    line_units_per_day: 10,
    user_units_per_hour: null,
    repeat_guard_minutes: 5,
    implicit_key_seconds: null,
    refill_days: null,
  },
  Distributor: {
    id: EXAMPLE_IDS.distributor,
    name: 'Airport shop',
    world: 'live',
    status: 'active',
    creation_date: EXAMPLE_SINCE,
  },
};
