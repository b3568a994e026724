import Type, { type Static } from 'typebox';

/** The scope a distributor's token carries. */
export const DISTRIBUTOR_SCOPE = 'sekapi:manager:access:api';

/** The token answer (RFC 6749, 5.1). */
export const TokenAnswer = Type.Object(
  {
    token_type: Type.Literal('Bearer'),
    access_token: Type.String(),
    expires_in: Type.Integer({ description: 'Seconds' }),
    scope: Type.String(),
  },
  { title: 'TokenAnswer' },
);
export type TokenAnswer = Static<typeof TokenAnswer>;

/** Travel B2B 1.7 `Status`. */
export const LiveAnswer = Type.Object({ isAlive: Type.Boolean(), version: Type.String() }, { title: 'Status' });

/** `/healthz`: the process runs. `/readyz`: it can sell. */
export const HealthAnswer = Type.Object({ status: Type.String() }, { title: 'Health' });

/** Offset paging: the answer is the page, without an envelope. */
export const Page = Type.Object({
  offset: Type.Integer({ minimum: 0, maximum: 1_000_000_000, default: 0 }),
  limit: Type.Integer({ minimum: 1, maximum: 1000, default: 100 }),
});
export type Page = Static<typeof Page>;
