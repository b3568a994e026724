import { type ImportReport, OfferCreation, type Refusal } from '@opentopup/contract';
import { noteChanges } from '../../audit/audit.store.ts';
import type { Context } from '../../context.ts';
import type { Query } from '../../database/database.ts';
import { knownDistributors } from '../../distributors/distributors.query.ts';
import { difference } from '../../values/difference.ts';
import { checkOffer, keptFields, type OfferFields } from '../offers/check-offer.ts';
import type { OfferDetail } from '../offers/offer-details.query.ts';
import { addOffers, lockOffers, type NewOffer } from '../offers/offers.store.ts';
import { offerCreated, writeOfferChanges } from '../offers/offers.ts';
import { currenciesOf } from '../products/products.query.ts';
import { fixedError, type Imported, type ImportOptions, importTable, Raced, rowError } from './import-table.ts';
import type { Row, RowError } from './read-row.ts';

/** Adds offers, or changes those whose ids are known. */
export function importOffers(ctx: Context, file: Uint8Array, options: ImportOptions): Promise<ImportReport | Refusal> {
  const key = { column: 'id', of: ({ id }: OfferCreation) => id };
  return importTable(ctx, file, { schema: OfferCreation, key, write: writeOffers }, options);
}

/** Writes rows of offers; with errors, or without an actor, it only says what it would write. */
export async function writeOffers(
  ctx: Context,
  tx: Query,
  rows: readonly Row<OfferCreation>[],
  actor: string | null,
): Promise<Imported> {
  const ids = rows.flatMap(({ body }) => body.id ?? []);
  const known = new Map((await lockOffers(tx, ids)).map((offer) => [offer.id, offer]));
  const distributors = await knownDistributors(tx, [...new Set(rows.map(({ body }) => body.distributor_id))]);
  const currencies = await currenciesOf(tx, [...new Set(rows.map(({ body }) => body.product_id))]);

  const added: { offer: NewOffer; body: OfferCreation }[] = [];
  const changed: { before: OfferDetail; fields: Partial<OfferFields> }[] = [];
  const errors: RowError[] = [];
  for (const { line, body } of rows) {
    const offer = checkOffer(body, distributors, currencies);
    if (Array.isArray(offer)) {
      errors.push(...offer.map((refusal) => rowError(line, refusal)));
      continue;
    }
    const before = known.get(offer.id);
    if (!before) {
      added.push({ offer, body });
      continue;
    }
    const fixed = (['distributor_id', 'product_id'] as const).filter((column) => offer[column] !== before[column]);
    errors.push(...fixed.map((column) => fixedError(line, column)));
    // Only what is given: an empty cell leaves an offer as it is.
    const fields = keptFields(body, before.currency) as Partial<OfferFields>;
    if (difference<OfferFields>(before, fields)) changed.push({ before, fields });
  }

  if (actor !== null && errors.length === 0) {
    const at = ctx.now();
    const addedIds = await addOffers(
      tx,
      added.map(({ offer }) => offer),
    );
    if (addedIds.length < added.length) throw new Raced();
    await writeOfferChanges(ctx, tx, changed, actor);
    await noteChanges(
      tx,
      added.map(({ offer, body }) => offerCreated(offer, body, actor, at)),
    );
  }
  const unchanged = rows.length - added.length - changed.length;
  return { created: added.length, changed: changed.length, unchanged, errors };
}
