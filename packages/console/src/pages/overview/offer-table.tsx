import type { Overview } from '@opentopup/contract';
import { useFormats } from '../../language/format.ts';
import { useMessages } from '../../language/language.ts';
import { DistributorLink } from '../../parts/distributor-link.tsx';
import { FigureTable } from '../../parts/figure-table.tsx';
import { useMay } from '../../session/session.ts';
import { failedOf, writeMoney, writeRate } from './totals.tsx';

/** How each offer sold. */
export function OfferTable({ offers }: Pick<Overview, 'offers'>) {
  const m = useMessages();
  const f = useFormats();
  const ofMany = useMay()('getOverviewOfAll');
  return (
    <FigureTable
      title={m.overview.offers}
      columns={[
        m.overview.offer,
        m.overview.sold,
        m.overview.earlier,
        m.overview.rate,
        m.overview.failed,
        m.overview.refused,
        m.overview.value,
      ]}
      rows={offers.map((each) => ({
        key: each.offer_id,
        title: (
          <>
            {each.offer_name}
            {ofMany && (
              <span className="hint">
                <DistributorLink id={each.distributor_id} name={each.distributor_name} />
              </span>
            )}
          </>
        ),
        cells: [
          f.number(each.ok),
          f.number(each.previous.ok),
          writeRate(f, each),
          f.number(failedOf(each)),
          f.number(each.refused),
          writeMoney(f, each),
        ],
      }))}
    />
  );
}
