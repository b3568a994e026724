import { useQuery } from '@tanstack/react-query';
import { useAddress } from '../../parts/use-address.ts';
import { beginOf, dayIn, dayLater, daysSaid, isZone } from '../../parts/zone-days.ts';
import type { ZonePeriod } from '../../parts/zone-fields.tsx';
import { server } from '../../server.ts';
import { useMay } from '../../session/session.ts';

const LOOK_MS = 60_000;

/** How periods begin: so many days ago, or with the month. */
const FIRST_DAYS = {
  today: (today: string) => today,
  week: (today: string) => dayLater(today, -6),
  monthToDate: (today: string) => `${today.slice(0, 8)}01`,
  month: (today: string) => dayLater(today, -29),
  quarter: (today: string) => dayLater(today, -89),
} as const;
export type OverviewSpan = keyof typeof FIRST_DAYS | 'own';
export const OVERVIEW_SPANS = [...(Object.keys(FIRST_DAYS) as (keyof typeof FIRST_DAYS)[]), 'own'] as const;
const USUAL: OverviewSpan = 'week';

const isSpan = (text: string | null): text is OverviewSpan => OVERVIEW_SPANS.some((span) => span === text);

const NAMES = ['span', 'from', 'to', 'zone', 'distributor'] as const;
type Name = (typeof NAMES)[number];

/** Of which period and distributor, as the address says. */
export interface PeriodAsked extends ZonePeriod {
  span: OverviewSpan;
  /** Empty: of all. */
  distributor: string;
}

/** Gives the time zone of the business, as its statements have it; else that of whoever looks. */
function useBusinessZone(): string {
  const may = useMay();
  const { data } = useQuery({
    queryKey: ['statement settings'],
    queryFn: () => server.opentopup.call('getStatementSettings'),
    enabled: may('getStatementSettings'),
  });
  return data?.time_zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
}

export function useAsked(): [PeriodAsked, (changes: Partial<Record<Name, string>>) => void] {
  const [{ span = null, distributor = '', ...said }, change] = useAddress(NAMES);
  const usual = useBusinessZone();
  const zone = said.zone ?? usual;
  const today = dayIn(isZone(zone) ? zone : 'UTC', Date.now());
  return [{ span: isSpan(span) ? span : USUAL, ...daysSaid(said, today), zone, distributor }, change];
}

/** Gives what the server is asked: the instants at which the days begin in the time zone. */
export function overviewQueryOf({ span, from, to, zone, distributor }: PeriodAsked) {
  const whose = distributor ? { distributor } : {};
  if (span === 'own') {
    const last = new Date(beginOf(dayLater(to, 1), zone).getTime() - 1_000);
    return { from: beginOf(from, zone).toISOString(), to: last.toISOString(), ...whose };
  }
  const first = beginOf(FIRST_DAYS[span](dayIn(zone, Date.now())), zone);
  return { from: first.toISOString(), step: span === 'today' ? 'hour' : 'day', ...whose } as const;
}

/** Asks how sales went: one's own, or for the operator those of all. */
export function useOverview(asked: PeriodAsked) {
  const isOperator = useMay()('getOverviewOfAll');
  return useQuery({
    queryKey: ['overview', asked],
    queryFn: () => {
      const query = overviewQueryOf(asked);
      return isOperator
        ? server.operator.call('getOverviewOfAll', { query })
        : server.opentopup.call('getOverview', { query });
    },
    enabled: isZone(asked.zone),
    refetchInterval: LOOK_MS,
  });
}

/** Asks how the sales of a distributor, or of all, went of late. */
export const useLately = (span: 'week' | 'month', distributor = '') =>
  useOverview({ span, from: '', to: '', zone: 'UTC', distributor });
