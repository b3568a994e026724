import type { Overview, OverviewStockOut } from '@opentopup/contract';
import { Link } from 'react-router';
import { useFormats } from '../../language/format.ts';
import { useMessages } from '../../language/language.ts';
import { DistributorLink } from '../../parts/distributor-link.tsx';
import { FigureTable } from '../../parts/figure-table.tsx';
import { useMay } from '../../session/session.ts';

/** So many of an offer's times are written out. */
const TIMES = 3;
/** An estimate of more units than this is told in whole ones. */
const EXACT = 10;

/** Which stocks were empty, when, and what that has cost. */
export function StockOutTable({ stockOuts }: { stockOuts: Overview['stock_outs'] }) {
  const m = useMessages();
  const f = useFormats();
  const ofMany = useMay()('getOverviewOfAll');
  const missedOf = ({ missed_units, missed_value }: OverviewStockOut): string =>
    missed_units === undefined || !missed_value
      ? '–'
      : m.overview.missedUnits(
          f.number(missed_units < EXACT ? missed_units : Math.round(missed_units)),
          f.money(missed_value.amount, missed_value.currency),
        );
  return (
    <FigureTable
      title={m.overview.stockOuts}
      columns={[m.overview.offer, m.overview.empty, m.overview.lost, m.overview.missed, m.overview.times]}
      rows={stockOuts.map((each) => ({
        key: each.offer_id,
        title: ofMany ? (
          <>
            {each.offer_name}
            <span className="hint">
              <DistributorLink id={each.distributor_id} name={each.distributor_name} />
            </span>
          </>
        ) : (
          <Link to={`/stock/${each.offer_id}`}>{each.offer_name}</Link>
        ),
        cells: [
          f.lasting(each.seconds),
          f.number(each.refused),
          missedOf(each),
          <Times key="times" times={each.times} />,
        ],
      }))}
    >
      <p className="hint">{stockOuts.length > 0 ? m.overview.missedHint : m.overview.stockOutsNone}</p>
    </FigureTable>
  );
}

function Times({ times }: Pick<OverviewStockOut, 'times'>) {
  const m = useMessages();
  const f = useFormats();
  const rest = times.length - TIMES;
  return (
    <ul className="plain">
      {times.slice(0, TIMES).map(({ from, to }) => (
        <li key={from}>{to ? m.overview.time(f.short(from), f.short(to)) : m.overview.still(f.short(from))}</li>
      ))}
      {rest > 0 && <li className="hint">{m.overview.moreTimes(f.number(rest))}</li>}
    </ul>
  );
}
