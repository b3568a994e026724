import type { StockForecast } from '@opentopup/contract';
import { useFormats } from '../../language/format.ts';
import { useMessages } from '../../language/language.ts';

/** No more exact than anybody can know it. */
const rounded = (value: number): number => (value < 10 ? Math.round(value * 10) / 10 : Math.round(value));

/** How a pace is written. */
export function usePace(): (perDay: number) => string {
  const m = useMessages();
  const f = useFormats();
  return (perDay) => m.stock.perDay(f.number(rounded(perDay)));
}

/** How long a stock will last, in words: what is likely, from when to when it may be, and how sure that is. */
export function useCover(): (forecast: StockForecast) => { likely: string; range?: string; unsure?: string } {
  const m = useMessages();
  const f = useFormats();
  const days = (value: number): string => f.number(rounded(value));
  return ({ confidence, because, days_of_cover: { low, median, high } }) => {
    const unsure = because && m.stock.because[because];
    if (confidence === 'none') return { likely: unsure ?? '–' };
    return {
      likely: median === null ? m.stock.beyondYear : m.stock.days(days(median), median),
      ...(low !== null && { range: high === null ? m.stock.atLeast(days(low)) : m.stock.between(days(low), days(high)) }),
      ...(unsure && { unsure }),
    };
  };
}
