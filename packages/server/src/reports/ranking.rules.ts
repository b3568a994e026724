import type { RankingQuery } from '@opentopup/contract';

/** What is put in order. */
interface Ranked {
  name: string;
  sold: number;
  value: { amount: number };
  margin?: { amount: number };
}

const MEASURES: Readonly<Record<NonNullable<RankingQuery['order']>, (row: Ranked) => number>> = {
  value: ({ value }) => value.amount,
  sold: ({ sold }) => sold,
  // What is not known comes last.
  margin: ({ margin }) => margin?.amount ?? Number.NEGATIVE_INFINITY,
};

/** Puts the most first; what is equal stands by name, so that pages follow each other. */
export function inRankOrder<Row extends Ranked>(rows: readonly Row[], order: keyof typeof MEASURES): Row[] {
  const of = MEASURES[order];
  return rows.toSorted((a, b) => {
    const [one, other] = [of(a), of(b)];
    return one === other ? a.name.localeCompare(b.name) : other - one;
  });
}
