import { useQuery } from '@tanstack/react-query';
import { useAddress } from '../../parts/use-address.ts';
import { server } from '../../server.ts';
import { useMay } from '../../session/session.ts';

const DAY_MS = 86_400_000;
const LOOK_MS = 60_000;

/** How far back the periods reach. Today begins when it does for whoever looks, days are those of the server (UTC). */
const STARTS = {
  today: () => new Date().setHours(0, 0, 0, 0),
  week: () => daysAgo(6),
  month: () => daysAgo(29),
  quarter: () => daysAgo(89),
} as const;
export type OverviewSpan = keyof typeof STARTS;
export const OVERVIEW_SPANS = Object.keys(STARTS) as OverviewSpan[];
const USUAL: OverviewSpan = 'week';

const daysAgo = (days: number): number => (Math.floor(Date.now() / DAY_MS) - days) * DAY_MS;
const isSpan = (text: string | null): text is OverviewSpan => OVERVIEW_SPANS.some((span) => span === text);

const NAMES = ['span', 'distributor'] as const;

/** Of which period and distributor, as the address says. */
export interface Asked {
  span: OverviewSpan;
  /** Empty: of all. */
  distributor: string;
}

export function useAsked(): [Asked, (name: keyof Asked, value: string) => void] {
  const [{ span = null, distributor = '' }, change] = useAddress(NAMES);
  return [{ span: isSpan(span) ? span : USUAL, distributor }, (name, value) => change({ [name]: value })];
}

/** Asks how sales went: one's own, or for the operator those of all. */
export function useOverview({ span, distributor }: Asked) {
  const isOperator = useMay()('getOverviewOfAll');
  return useQuery({
    queryKey: ['overview', span, distributor],
    queryFn: () => {
      const from = new Date(STARTS[span]()).toISOString();
      const query = { from, step: span === 'today' ? 'hour' : 'day' } as const;
      return isOperator
        ? server.operator.call('getOverviewOfAll', { query: { ...query, ...(distributor && { distributor }) } })
        : server.opentopup.call('getOverview', { query });
    },
    refetchInterval: LOOK_MS,
  });
}
