import Type, { type Static } from 'typebox';
import { DateTime, Uuid } from '../formats.ts';
import { CHAOS_DELAY_MS, CHAOS_MINUTES, EVENT_EFFECTS, MOST_CHAOS_MINUTES, ORDER_EFFECTS } from './chaos-effects.ts';

/** An effect takes its share of orders, or of events. */
const share = (description: string) =>
  Type.Optional(Type.Integer({ minimum: 1, maximum: 100, description: `Per cent ${description}` }));

/** How much of everything is to meet what. */
const Shares = Type.Object(
  {
    delay: share('of orders that are made only after `delay_ms`'),
    cut_before: share('of orders whose connection is cut before anything is sold'),
    cut_after: share('of orders that are made, and whose connection is cut instead of an answer'),
    too_many_requests: share('of orders that are refused so (429)'),
    service_unavailable: share('of orders that are refused so (503)'),
    slow: share('of orders whose answer comes bit by bit, over `delay_ms`'),
    bucket_empty: share('of orders that are refused as if no unit were left'),
    supplier_down: share('of orders that come to nothing as if their supplier were out of order'),
    webhook_late: share('of events that an endpoint is told `delay_ms` late'),
    webhook_twice: share('of events that an endpoint is told twice'),
  } satisfies Record<(typeof ORDER_EFFECTS)[number] | (typeof EVENT_EFFECTS)[number], unknown>,
  { additionalProperties: false },
);
export type ChaosShares = Static<typeof Shares>;

const DELAY = 'How long delays take, slow answers and late events';
const delayed = (description: string) => Type.Integer({ minimum: 100, maximum: 60_000, description });
const SEED = 'With the same seed the same effects come again, at the first order, the second, …';
const seeded = (description: string) => Type.Integer({ minimum: 0, maximum: 2_147_483_647, description });

/** The chaos that a client is to meet. */
export const ChaosSetting = Type.Object(
  {
    effects: Shares,
    minutes: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: MOST_CHAOS_MINUTES,
        description: `After which it ends by itself; ${CHAOS_MINUTES} unless told`,
      }),
    ),
    delay_ms: Type.Optional(delayed(`${DELAY}; ${CHAOS_DELAY_MS} unless told`)),
    seed: Type.Optional(seeded(`${SEED}; any unless told`)),
  },
  { title: 'ChaosSetting', additionalProperties: false },
);
export type ChaosSetting = Static<typeof ChaosSetting>;

/** The chaos that a client meets. */
export const Chaos = Type.Object(
  {
    client_id: Type.String(),
    effects: Shares,
    delay_ms: delayed(DELAY),
    seed: seeded(SEED),
    end_date: DateTime,
    orders: Type.Integer({ description: 'How many orders have come so far' }),
    events: Type.Integer({ description: 'How many events so far, each endpoint for itself' }),
  },
  { title: 'Chaos' },
);
export type Chaos = Static<typeof Chaos>;

/** Something that chaos did. */
export const ChaosEffect = Type.Object(
  {
    id: Uuid,
    date: DateTime,
    client_id: Type.Optional(Type.String({ description: 'Absent for an order of a person’s' })),
    effect: Type.Enum([...ORDER_EFFECTS, ...EVENT_EFFECTS]),
    cause: Type.Enum(['setting', 'header'], { description: 'What asked for it' }),
    number: Type.Optional(Type.Integer({ description: 'Which order or event it was since the chaos was set' })),
    request_id: Type.Optional(Uuid),
    transaction_id: Type.Optional(Uuid),
    event_id: Type.Optional(Uuid),
  },
  { title: 'ChaosEffect' },
);
export type ChaosEffect = Static<typeof ChaosEffect>;
