import type { Overview } from '@opentopup/contract';
import { useFormats } from '../../language/format.ts';
import { useMessages } from '../../language/language.ts';
import { FigureTable } from '../../parts/figure-table.tsx';
import { failedOf, writeRate } from './totals.tsx';

/** How each supplier did, and how fast it was. */
export function SupplierTable({ suppliers }: Pick<Overview, 'suppliers'>) {
  const m = useMessages();
  const f = useFormats();
  const time = (ms: number | undefined): string => (ms === undefined ? '–' : f.lasting(ms / 1_000));
  return (
    <FigureTable
      title={m.overview.suppliers}
      columns={[
        m.overview.supplier,
        m.overview.sold,
        m.overview.earlier,
        m.overview.rate,
        m.overview.failed,
        m.overview.unanswered,
        m.overview.median,
        m.overview.p95,
      ]}
      rows={suppliers.map((each) => ({
        key: each.supplier_id,
        title: each.supplier_name,
        cells: [
          f.number(each.ok),
          f.number(each.previous.ok),
          writeRate(f, each),
          f.number(failedOf(each)),
          f.number(each.unanswered),
          time(each.median_ms),
          time(each.p95_ms),
        ],
      }))}
    />
  );
}
