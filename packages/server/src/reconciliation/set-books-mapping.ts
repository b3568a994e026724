import { type BooksMapping, type Refusal, refuse } from '@opentopup/contract';
import { noteChange } from '../audit/audit.store.ts';
import { findSupplier } from '../catalogue/suppliers/suppliers.query.ts';
import type { Context } from '../context.ts';
import { isTimeZoneName } from '../values/time-zone.ts';
import { findBooksMapping } from './books-mapping.query.ts';
import { saveBooksMapping } from './books-mapping.store.ts';

/** Says how the columns of a supplier's files are meant. */
export function setBooksMapping(
  ctx: Context,
  supplier_id: string,
  mapping: BooksMapping,
  actor: string,
): Promise<BooksMapping | Refusal> {
  return ctx.store.db.transaction(async (tx) => {
    if (!(await findSupplier(tx, supplier_id)))
      return refuse('not_found', { detail: `supplier ${supplier_id} not found` });
    const { reference, supplier_reference, line } = mapping.columns;
    if (reference === undefined && supplier_reference === undefined && line === undefined) {
      const detail = 'a column of a reference or of lines is needed';
      return refuse('invalid_body_field', { field: 'columns', detail });
    }
    if (mapping.time_zone !== undefined && !isTimeZoneName(mapping.time_zone)) {
      return refuse('invalid_body_field', { field: 'time_zone', detail: 'a name as in Europe/Paris is needed' });
    }
    const at = ctx.now();
    const before = await findBooksMapping(tx, supplier_id);
    await saveBooksMapping(tx, supplier_id, mapping, at);
    const details = { before, after: mapping };
    await noteChange(tx, { at, actor, action: 'books_mapping.changed', subject: supplier_id, details });
    return mapping;
  });
}
