import Type, { type Static } from 'typebox';
import { DateTime, Email, PlainText, Uuid } from '../formats.ts';

/** What is told of a stock: enough, few left, or none. */
export const StockState = Type.Enum(['ok', 'low', 'depleted'], {
  description:
    '`low`: at or below the threshold. `depleted`: nothing left. Units that refused sales give back change it late',
});

/** How the stock of an offer stands, in a list of many. */
export const StockStanding = Type.Object(
  {
    offer_id: Uuid,
    offer_name: PlainText,
    available: Type.Integer(),
    held: Type.Integer({ description: 'Units of sales whose outcome is not known yet' }),
    level: StockState,
    since: Type.Optional({ ...DateTime, description: 'When that was told; absent where it never was low' }),
    threshold: Type.Optional(
      Type.Integer({ description: 'At or below so many units it is low; absent without an alert' }),
    ),
  },
  { title: 'StockStanding' },
);
export type StockStanding = Static<typeof StockStanding>;

const units = Type.Integer({ minimum: 1, maximum: 1_000_000_000_000 });
const days = Type.Number({ minimum: 0.1, maximum: 365 });
const emails = Type.Array(Email, {
  maxItems: 5,
  description: 'Who is written to as well, where the operator has set up e-mail',
});
const OFFER = 'The offer that it is for; absent: every offer that has no alert of its own';
const UNITS = 'The stock is low when so many units are left, or fewer';
const DAYS = 'The stock is low when it is rather gone than not within so many days (see the forecast)';

/** When a distributor wants to be told of a stock. With both thresholds, the one that is reached first counts. */
export const Alert = Type.Object(
  {
    id: Uuid,
    offer_id: Type.Optional({ ...Uuid, description: OFFER }),
    units: Type.Optional({ ...units, description: UNITS }),
    days_of_cover: Type.Optional({ ...days, description: DAYS }),
    emails,
    creation_date: DateTime,
    update_date: DateTime,
    crossed: Type.Array(StockStanding, {
      description: 'Its offers that are low or depleted, latest first; 100 at most',
    }),
  },
  { title: 'Alert' },
);
export type Alert = Static<typeof Alert>;

/** A new alert: `units`, `days_of_cover`, or both. */
export const AlertCreation = Type.Object(
  {
    offer_id: Type.Optional({ ...Uuid, description: OFFER }),
    units: Type.Optional({ ...units, description: UNITS }),
    days_of_cover: Type.Optional({ ...days, description: DAYS }),
    emails: Type.Optional(emails),
  },
  { title: 'AlertCreation', additionalProperties: false },
);
export type AlertCreation = Static<typeof AlertCreation>;

/** A change of an alert; null takes a threshold away, and one has to stay. */
export const AlertChange = Type.Object(
  {
    units: Type.Optional(Type.Union([units, Type.Null()])),
    days_of_cover: Type.Optional(Type.Union([days, Type.Null()])),
    emails: Type.Optional(emails),
  },
  { title: 'AlertChange', additionalProperties: false, minProperties: 1 },
);
export type AlertChange = Static<typeof AlertChange>;
