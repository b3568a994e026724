import type { StockForecast } from '@opentopup/contract';
import { useFormats } from '../../language/format.ts';
import { useMessages } from '../../language/language.ts';

/** No more exact than anybody can know it. */
const rounded = (value: number): number => (value < 10 ? Math.round(value * 10) / 10 : Math.round(value));

/** Tells how a pace is written. */
export function usePace(): (perDay: number) => string {
  const m = useMessages();
  const f = useFormats();
  return (perDay) => m.stock.perDay(f.number(rounded(perDay)));
}

interface Cover {
  /** Absent where nothing can be told. */
  likely?: string;
  range?: string;
  /** Why nothing is sure, or can be told. */
  unsure?: string;
}

/** Tells how long a stock will last, in words. */
export function useCover(): (forecast: StockForecast) => Cover {
  const m = useMessages();
  const f = useFormats();
  const days = (value: number): string => f.number(rounded(value));
  return ({ confidence, because, days_of_cover: { low, median, high } }) => {
    const unsure = because && m.stock.because[because];
    if (confidence === 'none') return { ...(unsure && { unsure }) };
    return {
      likely: median === null ? m.stock.beyondYear : m.stock.days(days(median), median),
      ...(low !== null && {
        range: high === null ? m.stock.atLeast(days(low)) : m.stock.between(days(low), days(high)),
      }),
      ...(unsure && { unsure }),
    };
  };
}
