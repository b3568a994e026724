import { server } from '../../server.ts';
import type { Filters } from './filters.ts';

/** How far an export has come; `total` is null while it is not known. */
export interface Exported {
  rows: number;
  total: number | null;
}

const NEW_LINE = 10;

/** What may be read by whoever exports: of all distributors, or the own. */
function sourceOf({ distributor, ...filters }: Filters, isOperator: boolean, signal: AbortSignal) {
  const query = isOperator && distributor ? { ...filters, distributor } : filters;
  return isOperator
    ? {
        count: server.operator.call('countTransactions', { query }, { signal }),
        csv: server.operator.stream('listTransactions', 'text/csv', { query }, { signal }),
      }
    : {
        count: server.operations.call('getDistributorTransactionCount', { query }, { signal }),
        csv: server.csv(query, { signal }),
      };
}

function save(content: Blob): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(content);
  link.download = `transactions-${new Date().toISOString().slice(0, 10)}.csv`;
  link.click();
  URL.revokeObjectURL(link.href);
}

/**
 * Hands over the transactions that the filters let through as a file, however many: what has come is the browser's to
 * keep, and nothing of it stays in the page.
 * @param tell told again and again how far it has come
 * @returns how many there were
 */
export async function exportCsv(
  filters: Filters,
  isOperator: boolean,
  signal: AbortSignal,
  tell: (exported: Exported) => void,
): Promise<number> {
  const { count, csv } = sourceOf(filters, isOperator, signal);
  let total: number | null = null;
  count.then((known) => (total = known.count)).catch(() => {});
  let lines = 0;
  const counting = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
    transform(chunk, controller) {
      for (const byte of chunk) if (byte === NEW_LINE) lines += 1;
      tell({ rows: Math.max(0, lines - 1), total });
      controller.enqueue(chunk);
    },
  });
  const counted = ((await csv) as ReadableStream<Uint8Array<ArrayBuffer>>).pipeThrough(counting);
  save(await new Response(counted, { headers: { 'Content-Type': 'text/csv' } }).blob());
  return lines - 1;
}
