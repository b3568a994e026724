import type { RankedSales } from '@opentopup/contract';
import { RANKED_BY, RANKED_IN } from '@opentopup/contract/reports/ranked';
import { Link } from 'react-router';
import { useFormats } from '../../language/format.ts';
import { useMessages } from '../../language/language.ts';
import { useOfficeMessages } from '../../language/office.ts';
import { DistributorField } from '../../parts/distributor-field.tsx';
import { DistributorLink } from '../../parts/distributor-link.tsx';
import { Empty } from '../../parts/empty.tsx';
import { SelectField } from '../../parts/field.tsx';
import { FigureTable } from '../../parts/figure-table.tsx';
import { PageFrame } from '../../parts/page-frame.tsx';
import { RefusalNote } from '../../parts/refusal-note.tsx';
import { SheetExport } from '../../parts/sheet-export.tsx';
import { Skeleton } from '../../parts/skeleton.tsx';
import { isZone, RANKED_PERIODS } from '../../parts/zone-days.ts';
import { DayFields, ZoneField } from '../../parts/zone-fields.tsx';
import { patient } from '../../server.ts';
import { type RankingAsked, rankingQueryOf, useRanking, useRankingAsked } from './use-ranking.ts';

/** Who and what has sold most in a period of the business, and what is left of it; for the operator. */
export function Component() {
  const m = useMessages();
  const o = useOfficeMessages();
  const [asked, change] = useRankingAsked();
  const { by, order, period, from, to, distributor } = asked;
  return (
    <PageFrame title={o.ranking.title} actions={<Link to="/overview">{m.pages.overview}</Link>}>
      <search className="filters">
        <SelectField
          label={o.ranking.by}
          value={by}
          options={RANKED_BY.map((value) => ({ value, label: o.ranking.bys[value] }))}
          onChoose={(chosen) => change({ by: chosen })}
        />
        <SelectField
          label={o.ranking.order}
          value={order}
          options={RANKED_IN.map((value) => ({ value, label: o.ranking.orders[value] }))}
          onChoose={(chosen) => change({ order: chosen })}
        />
        <SelectField
          label={m.transactions.period}
          value={period}
          options={RANKED_PERIODS.map((value) => ({ value, label: o.ranking.periods[value] }))}
          onChoose={(chosen) =>
            change({ period: chosen, from: chosen === 'own' ? from : '', to: chosen === 'own' ? to : '' })
          }
        />
        <DayFields asked={asked} onChange={(days) => change({ period: 'own', ...days })} />
        <ZoneField asked={asked} onChange={change} />
        <DistributorField value={distributor} onChoose={(chosen) => change({ distributor: chosen })} />
      </search>
      <Ranking asked={asked} />
    </PageFrame>
  );
}

function Ranking({ asked }: { asked: RankingAsked }) {
  const m = useMessages();
  const o = useOfficeMessages();
  const f = useFormats();
  const { data, error } = useRanking(asked);
  if (!isZone(asked.zone)) return null;
  if (!data) return error ? <RefusalNote error={error} /> : <Skeleton />;
  if (data.length === 0) return <Empty title={o.ranking.none} />;
  return (
    <FigureTable
      title={o.ranking.bys[asked.by]}
      columns={[o.ranking.bys[asked.by], m.overview.sold, m.overview.value, o.ranking.margin]}
      rows={data.map((row) => ({
        key: `${row.distributor_id} ${row.id} ${row.value.currency}`,
        title: <Ranked by={asked.by} row={row} />,
        cells: [
          f.number(row.sold),
          f.money(row.value.amount, row.value.currency),
          <span key="margin">
            {row.margin ? f.money(row.margin.amount, row.margin.currency) : '–'}
            {row.without_cost > 0 && <span className="hint">{o.ranking.noCost(f.number(row.without_cost))}</span>}
          </span>,
        ],
      }))}
    >
      <SheetExport
        name={o.ranking.bys[asked.by]}
        ask={(mediaType, reader) =>
          patient.operator.stream('rankSales', mediaType, { query: { ...rankingQueryOf(asked), ...reader } })
        }
      />
    </FigureTable>
  );
}

/** Who or what it is, with the way to it. */
function Ranked({
  by,
  row: { id, name, distributor_id, distributor_name },
}: {
  by: RankingAsked['by'];
  row: RankedSales;
}) {
  const o = useOfficeMessages();
  if (by === 'distributor') return <DistributorLink id={distributor_id} name={name} />;
  const page = by === 'offer' ? `/stock/${id}` : `/transactions?${new URLSearchParams({ user: id ?? '' })}`;
  return (
    <>
      {id ? (
        <Link to={page}>
          <bdi>{name}</bdi>
        </Link>
      ) : (
        o.ranking.nobody
      )}
      <span className="hint">
        <DistributorLink id={distributor_id} name={distributor_name} />
      </span>
    </>
  );
}
