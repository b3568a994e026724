import type { TransactionFilters } from '@opentopup/contract';
import { server } from '../../server.ts';

/** Hands over the transactions that the filters let through as a file. */
export async function exportCsv(filters: TransactionFilters): Promise<void> {
  const content = await new Response(await server.csv(filters)).blob();
  const link = document.createElement('a');
  link.href = URL.createObjectURL(content);
  link.download = `transactions-${new Date().toISOString().slice(0, 10)}.csv`;
  link.click();
  URL.revokeObjectURL(link.href);
}
