import type { DistributorTransaction, Reason } from '@opentopup/contract';

/** How far back, and how long each step is. */
export const SPANS = {
  day: { days: 1, step_ms: 3_600_000 },
  week: { days: 7, step_ms: 86_400_000 },
  month: { days: 30, step_ms: 86_400_000 },
} as const;
export type Span = keyof typeof SPANS;

/** No more sales than these are counted: they are read one by one. */
export const MOST = 5_000;

export type CountedSale = Pick<DistributorTransaction, 'status' | 'creation_date'> & { reason: Reason | undefined };

/** Sales of one step of time. */
export interface Step {
  /** Its first instant, in seconds since 1970. */
  at: number;
  ok: number;
  ko: number;
}

/** What a list of sales adds up to. */
export function summaryOf(sales: readonly CountedSale[], since: Date, span: Span) {
  const { step_ms } = SPANS[span];
  const now_ms = Math.max(since.getTime(), ...sales.map(({ creation_date }) => Date.parse(creation_date)));
  const first = Math.floor(since.getTime() / step_ms);
  const length = Math.floor(now_ms / step_ms) - first + 1;
  const steps = Array.from({ length }, (_, i): Step => ({ at: ((first + i) * step_ms) / 1_000, ok: 0, ko: 0 }));
  const reasons = new Map<Reason, number>();
  let pending = 0;
  for (const { status, reason, creation_date } of sales) {
    const step = steps[Math.floor(Date.parse(creation_date) / step_ms) - first];
    if (status === 'ok' && step) step.ok += 1;
    else if ((status === 'ko' || status === 'expired') && step) step.ko += 1;
    else pending += 1;
    if (reason) reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  }
  const sum = (name: 'ok' | 'ko'): number => steps.reduce((total, step) => total + step[name], 0);
  return { steps, ok: sum('ok'), ko: sum('ko'), pending, reasons: [...reasons].toSorted(([, a], [, b]) => b - a) };
}
