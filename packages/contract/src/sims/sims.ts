import Type, { type Static } from 'typebox';
import { EXAMPLE_SIM_SERIAL } from '../example-values.ts';
import { DateTime, Uuid } from '../formats.ts';

/** The states of a SIM: Travel B2B 1.7 `SimStatus.status`. */
export const SIM_STATES = [
  'free',
  'not installed',
  'available',
  'suspended fraud',
  'suspended kyc default',
  'suspended by operator',
  'suspended following a theft or loss',
  'expired',
  'revoked by operator',
  'uninstalled',
  'sim swap',
] as const;

/** Travel B2B 1.7 `SimStatus`. */
export const SimStatus = Type.Object(
  {
    status: Type.Enum(SIM_STATES),
    creation_date: Type.Optional(DateTime),
    activation_date: Type.Optional(DateTime),
    last_topup_date: Type.Optional(DateTime),
    expiration_date: Type.Optional({ ...DateTime, description: 'After this the plan cannot be used' }),
    number_expiration_date: Type.Optional({ ...DateTime, description: 'After this the SIM cannot be used' }),
  },
  { title: 'SimStatus' },
);
export type SimStatus = Static<typeof SimStatus>;

const DATA_UNITS = ['Mo', 'Go', 'Mb', 'Gb'] as const;

/** Travel B2B 1.7 `BucketBalance`: what is left of one allowance of a line. Not a bucket of units. */
export const BucketBalance = Type.Object(
  {
    name: Type.Optional(Type.String()),
    activation_date: Type.Optional(DateTime),
    expiration_date: Type.Optional(DateTime),
    data_remaining: Type.Optional(Type.Number()),
    data_unit: Type.Optional(Type.Enum(DATA_UNITS)),
    airtime_remaining: Type.Optional(Type.Number()),
    airtime_unit: Type.Optional(Type.Enum(['seconds', 'minutes', 'hours', 'unlimited'])),
    sms_remaining: Type.Optional(Type.Number()),
  },
  { title: 'BucketBalance' },
);

/** Travel B2B 1.7 `UsageBalance`. */
export const UsageBalance = Type.Object(
  {
    first_activation_date: Type.Optional(DateTime),
    number_expiration_date: Type.Optional(DateTime),
    buckets: Type.Array(BucketBalance),
  },
  { title: 'UsageBalance' },
);
export type UsageBalance = Static<typeof UsageBalance>;

/** Travel B2B 1.7 `DistributorBalance`: what all lines of a distributor consumed, by zone. */
export const DistributorBalance = Type.Object(
  {
    start_date: DateTime,
    end_date: DateTime,
    zones: Type.Array(
      Type.Object({
        name: Type.String(),
        code: Type.String({ description: 'ISO 3166-1 alpha-2 of a country, UN M49 of a region' }),
        data_unit: Type.Enum(DATA_UNITS),
        data_amount: Type.Number(),
      }),
    ),
  },
  { title: 'DistributorBalance' },
);
export type DistributorBalance = Static<typeof DistributorBalance>;

/** The SIM that is asked about: one of the two is needed. */
export const SimQuery = Type.Object({
  transaction: Type.Optional({ ...Uuid, description: 'The transaction that sold the eSIM or recharged the line' }),
  simId: Type.Optional(
    Type.String({ description: "The SIM's serial (Welcome Travelers only)", examples: [EXAMPLE_SIM_SERIAL] }),
  ),
});
export type SimQuery = Static<typeof SimQuery>;

/** A span of days, less than six months, and how finely it is told. */
export const GlobalBalanceQuery = Type.Object({
  startDate: Type.String({ description: 'The first day, or an instant (RFC 3339)', examples: ['2026-10-01'] }),
  endDate: Type.String({ description: 'The last day, included, or an instant', examples: ['2026-10-31'] }),
  zoneLevel: Type.Enum(['region', 'country'], { examples: ['country'] }),
});
export type GlobalBalanceQuery = Static<typeof GlobalBalanceQuery>;
