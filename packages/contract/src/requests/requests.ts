import Type, { type Static } from 'typebox';
import { ORDER_EFFECTS } from '../chaos/chaos-effects.ts';
import { DateTime, Uuid } from '../formats.ts';
import { Page } from '../service.ts';

/** How many answered requests of a client are kept, and of refused ones. */
export const KEPT_REQUESTS = 1_000;
export const KEPT_REFUSALS = 50_000;

/** How the line of a refused order was written. */
const LINE_SHAPE = {
  line_digits: Type.Optional(Type.Integer({ description: 'How many digits the line of the order had' })),
  line_begins: Type.Optional(Type.String({ description: 'With what it began: `08`, `+331`' })),
};

const ASKED = {
  method: Type.String(),
  route: Type.String({ description: 'The path, with its parameters in braces' }),
};

const REFUSED = {
  reason: Type.String(),
  field: Type.Optional(Type.String({ description: 'The field, parameter or header that was wrong' })),
  ...LINE_SHAPE,
};

/** A request of a client of yours, and what it was answered. */
export const LoggedRequest = Type.Object(
  {
    id: { ...Uuid, description: '`request_id` of a refusal, and the header `X-Request-Id` of every answer' },
    date: DateTime,
    client_id: Type.String(),
    ...ASKED,
    path: Type.String({ description: 'The same with the ids that were asked for' }),
    status: Type.Integer(),
    duration_ms: Type.Integer(),
    ...Type.Partial(Type.Object(REFUSED)).properties,
    body: Type.Optional(
      Type.String({
        description: 'What was sent with a request that was refused, cut off; numbers and secrets are masked',
      }),
    ),
    transaction_id: Type.Optional(Uuid),
    chaos: Type.Optional(
      Type.Enum(ORDER_EFFECTS, {
        description:
          'What chaos did to it, in the sandbox; where it was cut, the status is that of the answer that was not sent',
      }),
    ),
  },
  { title: 'LoggedRequest' },
);
export type LoggedRequest = Static<typeof LoggedRequest>;

/** Refusals that are alike. */
export const RefusalGroup = Type.Object(
  {
    ...ASKED,
    ...REFUSED,
    count: Type.Integer(),
    first_date: DateTime,
    last_date: DateTime,
    last_request_id: { ...Uuid, description: 'The last one of them' },
  },
  { title: 'RefusalGroup' },
);
export type RefusalGroup = Static<typeof RefusalGroup>;

const client_id = Type.Optional(
  Type.String({ minLength: 1, maxLength: 255, description: 'Only of this client', pattern: '^[!-~]+$' }),
);
export const RequestQuery = Type.Object({
  ...Page.properties,
  client_id,
  reason: Type.Optional(Type.String({ maxLength: 60, pattern: '^[a-z_]+$', description: 'Only refused for this' })),
  refused: Type.Optional(Type.Boolean({ description: 'Only refused, or only answered' })),
});
export type RequestQuery = Static<typeof RequestQuery>;

export const RefusalGroupQuery = Type.Object({ ...Page.properties, client_id });
