/** What of an overview is a table of its own, and so a sheet. */
export const OVERVIEW_TABLES = ['offers', 'suppliers', 'reasons', 'stock_outs', 'points'] as const;
export type OverviewTable = (typeof OVERVIEW_TABLES)[number];
