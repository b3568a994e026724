import type { ImportReport, Refusal } from '@opentopup/contract';
import { importOffers } from '../catalogue/import/import-offers.ts';
import { importProducts } from '../catalogue/import/import-products.ts';
import type { ImportOptions } from '../catalogue/import/import-table.ts';
import type { Context } from '../context.ts';
import { importGrants } from './import-grants.ts';

const IMPORTS = { products: importProducts, offers: importOffers, grants: importGrants };

/** Adds or changes many products, offers or grants from a CSV file, all of them or none. */
export const importCsv = (
  ctx: Context,
  kind: keyof typeof IMPORTS,
  file: Uint8Array,
  options: ImportOptions,
): Promise<ImportReport | Refusal> => IMPORTS[kind](ctx, file, options);
