export * from './audit.ts';
export * from './catalogue.ts';
export * from './distributors.ts';
export * from './ledger.ts';
export * from './stock.ts';
export * from './supplier-catalogue.ts';
export * from './transactions.ts';
