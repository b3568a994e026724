import type { OfferStock, StockForecast } from '@opentopup/contract';
import { useFormats } from '../../language/format.ts';
import { useMessages } from '../../language/language.ts';

/** No more exact than anybody can know it. */
const rounded = (value: number): number => (value < 10 ? Math.round(value * 10) / 10 : Math.round(value));

type Standing = Pick<OfferStock, 'parked' | 'pace_per_day' | 'forecast'>;

/** Tells how a pace is written. */
export function usePace(): (perDay: number) => string {
  const m = useMessages();
  const f = useFormats();
  return (perDay) => m.stock.perDay(f.number(rounded(perDay)));
}

/** Says in one line what waits for a stock, how long it will last, and how fast it goes; nothing until that is known. */
export function useStanding(): (stock: Standing | undefined) => string {
  const m = useMessages();
  const f = useFormats();
  const pace = usePace();
  const cover = useCover();
  return (stock) => {
    if (!stock) return '';
    const { parked, pace_per_day, forecast } = stock;
    const { likely, range, unsure } = cover(forecast);
    const waiting = parked > 0 && m.stock.parkedOrders(f.number(parked), parked);
    return [waiting, likely ?? unsure, pace_per_day > 0 && pace(pace_per_day), range].filter(Boolean).join(', ');
  };
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
