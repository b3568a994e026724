import { EXAMPLE_IDS } from '../example-values.ts';

/** Examples of answers, by the title of their schema. */
export const RANKING_EXAMPLES = {
  RankedSales: {
    id: EXAMPLE_IDS.distributor,
    name: 'Airport shop',
    distributor_id: EXAMPLE_IDS.distributor,
    distributor_name: 'Airport shop',
    sold: 188,
    value: { amount: 1488.96, currency: 'EUR' },
    margin: { amount: 94, currency: 'EUR' },
    without_cost: 0,
  },
};
