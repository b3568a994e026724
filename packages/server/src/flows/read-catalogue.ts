import {
  type CatalogueReading,
  type CatalogueReadingCreation,
  type Refusal,
  refuse,
  wireDate,
} from '@opentopup/contract';
import { findSupplier } from '../store/queries/suppliers.ts';
import { askCatalogue } from './ask-catalogue.ts';
import type { Flow } from './flow.ts';
import { noteCatalogue } from './note-catalogue.ts';

/** Reads the catalogue of a supplier again, tells the operator what has changed, and stops what must not be sold so. */
export async function readCatalogue(
  flow: Flow,
  supplierId: string,
  { accept_withdrawals = false }: CatalogueReadingCreation,
  actor: string,
): Promise<CatalogueReading | Refusal> {
  const supplier = await findSupplier(flow.store.db, supplierId);
  if (!supplier) return refuse('not_found', { detail: `supplier ${supplierId} not found` });
  const asked = await askCatalogue(flow, supplier);
  if ('reason' in asked) return asked;
  const found = await flow.store.db.transaction((tx) =>
    noteCatalogue(flow, tx, supplier, asked, { actor, acceptWithdrawals: accept_withdrawals }),
  );
  return { date: wireDate(asked.began_at), listed: asked.products.size, ...found };
}
