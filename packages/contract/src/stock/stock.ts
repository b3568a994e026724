import Type, { type Static } from 'typebox';
import { DateTime, Uuid } from '../formats.ts';
import { StockState } from './alerts.ts';

const never = 'null: not within a year';
const days = (chance: string) =>
  Type.Union([Type.Number(), Type.Null()], { description: `With ${chance} the stock is empty sooner; ${never}` });
const instant = (chance: string) =>
  Type.Union([DateTime, Type.Null()], { description: `With ${chance} the stock is empty before; ${never}` });

/** How long a stock will last. */
export const StockForecast = Type.Object(
  {
    confidence: Type.Enum(['none', 'low', 'good'], { description: 'How far this can be relied on' }),
    because: Type.Optional(
      Type.Enum(['no_history', 'no_sales', 'short_history', 'few_sales', 'irregular'], {
        description: 'Why no further; absent where the confidence is good',
      }),
    ),
    days_of_cover: Type.Object({ low: days('10 %'), median: days('50 %'), high: days('90 %') }),
    empty_at: Type.Object({ low: instant('10 %'), median: instant('50 %'), high: instant('90 %') }),
  },
  { title: 'StockForecast' },
);
export type StockForecast = Static<typeof StockForecast>;

/** One step of a stock's history. */
export const StockPoint = Type.Object(
  {
    date: { ...DateTime, description: 'Its first instant' },
    sold: Type.Integer({ description: 'Orders made in it that took a unit; what is pending counts' }),
    granted: Type.Integer({
      description:
        'Units put into the stock, less those taken away by adjustments or late deliveries; reversed sales give theirs back',
    }),
    available: Type.Integer({ description: 'Units left at its end; those given back later count as never taken' }),
  },
  { title: 'StockPoint' },
);
export type StockPoint = Static<typeof StockPoint>;

/** An offer's stock: how it stands, how it came to that, and how long it will last. */
export const OfferStock = Type.Object(
  {
    offer_id: Uuid,
    available: Type.Integer(),
    held: Type.Integer({ description: 'Units of sales whose outcome is not known yet' }),
    owed: Type.Integer({
      description:
        'Sales that proved delivered when no unit was left for them (`late_delivery`): the next grant pays them first',
    }),
    parked: Type.Integer({ description: 'Orders that wait for a unit: the next ones are for them' }),
    level: StockState,
    level_since: Type.Optional({ ...DateTime, description: 'When that was told; absent where it never was low' }),
    threshold: Type.Optional(
      Type.Integer({ description: 'At or below so many units it is low; absent without an alert' }),
    ),
    pace_per_day: Type.Number({ description: 'Units sold in an average day, at the recent pace' }),
    forecast: StockForecast,
    refill: Type.Object({
      days: Type.Integer({ description: 'How many days a refill should last: `refill_days` of the settings' }),
      units: Type.Optional(
        Type.Integer({
          description: 'Units that are missing for that, as far as the forecast goes; absent where nothing is known',
        }),
      ),
    }),
    history: Type.Object({ step: Type.Enum(['hour', 'day']), points: Type.Array(StockPoint) }),
  },
  { title: 'OfferStock' },
);
export type OfferStock = Static<typeof OfferStock>;

/** What of a stock's history is asked for. */
export const StockQuery = Type.Object({
  from: Type.Optional(
    Type.String({
      description: 'A UTC day or an instant (RFC 3339); 30 days before `to` unless told, two years ago at most',
    }),
  ),
  to: Type.Optional(Type.String({ description: 'A UTC day, included whole, or an instant; now unless told' })),
  step: Type.Optional(
    Type.Enum(['hour', 'day'], { description: 'By the hour for up to 7 days unless told, else by the day (UTC)' }),
  ),
});
export type StockQuery = Static<typeof StockQuery>;
