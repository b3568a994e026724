import { SHEET_FORMS, type SheetFormName } from '@opentopup/contract/sheet-forms';
import { saveSheet } from '../../parts/save-sheet.ts';
import { server } from '../../server.ts';
import type { Filters } from './filters.ts';

/** How far an export has come; null what is not known, as the rows of a workbook, which is compressed. */
export interface Exported {
  rows: number | null;
  total: number | null;
}

const NEW_LINE = 10;

/** Tells what may be read by whoever exports: of all distributors, or the own. */
function sourceOf({ distributor, ...filters }: Filters, form: SheetFormName, isOperator: boolean, signal: AbortSignal) {
  const query = isOperator && distributor ? { ...filters, distributor } : filters;
  const asked = { ...query, ...(form === 'excel' && { for: form }) };
  const { mediaType } = SHEET_FORMS[form];
  if (isOperator) {
    return {
      count: server.operator.call('countTransactions', { query }, { signal }),
      sheet: server.operator.stream('listTransactions', mediaType, { query: asked }, { signal }),
    };
  }
  return {
    count: server.operations.call('getDistributorTransactionCount', { query }, { signal }),
    sheet: server.operations.stream('getDistributorTransactionList', mediaType, { query: asked }, { signal }),
  };
}

/**
 * Hands over the transactions that the filters let through as a file, however many: what has come is the browser's to
 * keep, and nothing of it stays in the page.
 * @param tell told again and again how far it has come
 * @returns how far that was
 */
export async function exportSheet(
  filters: Filters,
  form: SheetFormName,
  isOperator: boolean,
  signal: AbortSignal,
  tell: (exported: Exported) => void,
): Promise<Exported> {
  const { count, sheet } = sourceOf(filters, form, isOperator, signal);
  let total: number | null = null;
  count.then((known) => (total = known.count)).catch(() => {});
  const { mediaType, isBinary } = SHEET_FORMS[form];
  let lines = 0;
  const soFar = (): Exported => ({ rows: isBinary ? null : Math.max(0, lines - 1), total });
  const counting = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
    transform(chunk, controller) {
      for (const byte of chunk) if (byte === NEW_LINE) lines += 1;
      tell(soFar());
      controller.enqueue(chunk);
    },
  });
  const counted = ((await sheet) as ReadableStream<Uint8Array<ArrayBuffer>>).pipeThrough(counting);
  saveSheet(await new Response(counted, { headers: { 'Content-Type': mediaType } }).blob(), form, 'transactions');
  return soFar();
}
