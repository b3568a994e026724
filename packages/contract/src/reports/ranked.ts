/** By what sales are added up. */
export const RANKED_BY = ['distributor', 'offer', 'seller'] as const;
/** By what those who sold are put in order. */
export const RANKED_IN = ['value', 'sold', 'margin'] as const;
