import type { RankingQuery } from '@opentopup/contract';
import { RANKED_BY, RANKED_IN } from '@opentopup/contract/reports/ranked';
import { useQuery } from '@tanstack/react-query';
import { useAddress } from '../../parts/use-address.ts';
import {
  beginOf,
  dayIn,
  dayLater,
  daysSaid,
  isZone,
  RANKED_PERIODS,
  type RankedPeriod,
  rankedDays,
} from '../../parts/zone-days.ts';
import { patient } from '../../server.ts';

const NAMES = ['by', 'order', 'period', 'from', 'to', 'zone', 'distributor'] as const;
type Name = (typeof NAMES)[number];

const among = <T extends string>(words: readonly T[], said: string | undefined, usual: T): T =>
  words.find((word) => word === said) ?? usual;

/** What is ranked, as the address of the page says. */
export interface RankingAsked {
  by: RankingQuery['by'];
  order: NonNullable<RankingQuery['order']>;
  period: RankedPeriod;
  from: string;
  to: string;
  /** That of whoever looks, unless another is chosen. */
  zone: string;
  distributor: string;
}

export function useRankingAsked(): [RankingAsked, (changes: Partial<Record<Name, string>>) => void] {
  const [said, change] = useAddress(NAMES);
  const zone = said.zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
  const period = among(RANKED_PERIODS, said.period, 'month');
  const today = dayIn(isZone(zone) ? zone : 'UTC', Date.now());
  const { from, to } = period === 'own' ? daysSaid(said, today) : rankedDays(period, today);
  const by = among(RANKED_BY, said.by, 'distributor');
  const order = among(RANKED_IN, said.order, 'value');
  return [{ by, order, period, from, to, zone, distributor: said.distributor ?? '' }, change];
}

/** Gives what the server is asked: the instants at which the days begin in the time zone. */
export const rankingQueryOf = ({
  by,
  order,
  from,
  to,
  zone,
  distributor,
}: RankingAsked): RankingQuery & { by: typeof by } => ({
  by,
  order,
  from: beginOf(from, zone).toISOString(),
  to: new Date(beginOf(dayLater(to, 1), zone).getTime() - 1_000).toISOString(),
  offset: 0,
  ...(distributor && { distributor }),
});

/** Asks who and what has sold most. */
export function useRanking(asked: RankingAsked) {
  return useQuery({
    queryKey: ['ranking', asked],
    queryFn: () => patient.operator.call('rankSales', { query: rankingQueryOf(asked) }),
    enabled: isZone(asked.zone),
  });
}
