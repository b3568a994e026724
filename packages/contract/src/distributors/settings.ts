import Type, { type Static } from 'typebox';

const guard = (description: string, maximum: number) =>
  Type.Union([Type.Integer({ minimum: 1, maximum }), Type.Null()], { description });

/** A distributor's choices for its own sales. Null: off. */
export const DistributorSettings = Type.Object(
  {
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
  },
  { title: 'DistributorSettings' },
);
export type DistributorSettings = Static<typeof DistributorSettings>;

/** The name of a guard: what of it is said or kept anywhere is by these. */
export type Guard = keyof DistributorSettings;
export const GUARDS = Object.keys(DistributorSettings.properties) as Guard[];

export const DistributorSettingsChange = Type.Partial(DistributorSettings, {
  title: 'DistributorSettingsChange',
  additionalProperties: false,
  minProperties: 1,
});
export type DistributorSettingsChange = Static<typeof DistributorSettingsChange>;
