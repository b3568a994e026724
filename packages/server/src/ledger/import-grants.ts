import { GrantCreation, type ImportReport, MAX_UNITS, type Refusal, Uuid } from '@opentopup/contract';
import Type, { type Static } from 'typebox';
import { noteChanges } from '../audit/audit.store.ts';
import { type Imported, type ImportOptions, importTable, rowError } from '../catalogue/import/import-table.ts';
import type { Row, RowError } from '../catalogue/import/read-row.ts';
import type { Context } from '../context.ts';
import type { Query } from '../database/database.ts';
import { bookingEntry, bookingRefusal } from './book-stock.ts';
import { bookAll } from './bookings.store.ts';

const OfferGrant = Type.Object({ offer_id: Uuid, ...GrantCreation.properties }, { additionalProperties: false });
type OfferGrant = Static<typeof OfferGrant>;

/** Puts units into buckets, but for grants that are already booked. */
export function importGrants(ctx: Context, file: Uint8Array, options: ImportOptions): Promise<ImportReport | Refusal> {
  const key = { column: 'reference', of: ({ offer_id, reference }: OfferGrant) => `${offer_id} ${reference}` };
  return importTable(ctx, file, { schema: OfferGrant, key, write: writeGrants }, options);
}

async function writeGrants(
  ctx: Context,
  tx: Query,
  rows: readonly Row<OfferGrant>[],
  actor: string | null,
): Promise<Imported> {
  const bookings = rows.map(({ body }) => ({ kind: 'grant' as const, ...body }));
  const results = await bookAll(tx, bookings, ctx.now(), MAX_UNITS, { rehearse: actor === null });
  const errors: RowError[] = [];
  const booked = [];
  for (const [i, { line, body }] of rows.entries()) {
    const done = results[i] as (typeof results)[number];
    if (!('booked' in done)) errors.push(rowError(line, bookingRefusal(done.result, { kind: 'grant', ...body })));
    else if (done.result === 'booked') booked.push(done.booked);
  }
  if (actor !== null && errors.length === 0)
    await noteChanges(
      tx,
      booked.map((each) => bookingEntry(each, actor)),
    );
  return { created: booked.length, changed: 0, unchanged: rows.length - booked.length, errors };
}
