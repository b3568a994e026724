import {
  type CatalogueReading,
  type CatalogueReadingCreation,
  type Refusal,
  refuse,
  wireDate,
} from '@opentopup/contract';
import type { Context } from '../../context.ts';
import { askCatalogue } from './ask-catalogue.ts';
import { noteCatalogue } from './note-catalogue.ts';
import { findSupplier } from './suppliers.query.ts';

/** Reads the catalogue of a supplier again, tells the operator what has changed, and stops what must not be sold so. */
export async function readCatalogue(
  ctx: Context,
  supplierId: string,
  { accept_withdrawals = false }: CatalogueReadingCreation,
  actor: string,
): Promise<CatalogueReading | Refusal> {
  const supplier = await findSupplier(ctx.store.db, supplierId);
  if (!supplier) return refuse('not_found', { detail: `supplier ${supplierId} not found` });
  const asked = await askCatalogue(ctx, supplier);
  if ('reason' in asked) return asked;
  const found = await ctx.store.db.transaction((tx) =>
    noteCatalogue(ctx, tx, supplier, asked, { actor, acceptWithdrawals: accept_withdrawals }),
  );
  return { date: wireDate(asked.began_at), listed: asked.products.size, ...found };
}
