import Type, { type Static } from 'typebox';

const guard = (description: string, maximum: number) =>
  Type.Union([Type.Integer({ minimum: 1, maximum }), Type.Null()], { description });

const GUARD_SCHEMAS = {
  line_units_per_day: guard('Most units one line may get in 24 hours', 1_000_000),
  user_units_per_hour: guard('Most units one user_id may be sold in an hour', 1_000_000),
  repeat_guard_minutes: guard(
    'For so long after a sale, and while one is pending, the same offer for the same line is refused (`recently_recharged`), unless allow_repeat is sent',
    44_640,
  ),
  implicit_key_seconds: guard(
    'While the first is pending, and then for so long, an order without Idempotency-Key of the same offer, line and user_id is answered as a repetition of it; unless allow_repeat is sent',
    86_400,
  ),
};

/** A distributor's choices for its own sales and stocks. Null: off, or the default. */
export const DistributorSettings = Type.Object(
  {
    ...GUARD_SCHEMAS,
    refill_days: guard(
      'How many days a refill should last: for the suggestion of how much to order; 30 where it is null',
      365,
    ),
  },
  { title: 'DistributorSettings' },
);
export type DistributorSettings = Static<typeof DistributorSettings>;

/** The name of a guard: what of it is said or kept anywhere is by these. */
export type Guard = keyof typeof GUARD_SCHEMAS;
export const GUARDS = Object.keys(GUARD_SCHEMAS) as Guard[];

/** The names of all settings. */
export const SETTING_NAMES = Object.keys(DistributorSettings.properties) as (keyof DistributorSettings)[];

/** How many days a refill should last unless told. */
export const REFILL_DAYS = 30;

export const DistributorSettingsChange = Type.Partial(DistributorSettings, {
  title: 'DistributorSettingsChange',
  additionalProperties: false,
  minProperties: 1,
});
export type DistributorSettingsChange = Static<typeof DistributorSettingsChange>;
