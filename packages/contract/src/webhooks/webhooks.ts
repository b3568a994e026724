import Type, { type Static } from 'typebox';
import { DEFAULT_OVERLAP_S } from '../access/credentials.ts';
import { EVENT_TYPES } from '../events/event-types.ts';
import { DateTime, Uuid } from '../formats.ts';
import { ONE_LINE } from '../plain-text.ts';

const Url = Type.String({
  minLength: 1,
  maxLength: 2048,
  pattern: ONE_LINE,
  description: 'Where events are posted: `https`, at a public address',
  examples: ['https://shop.example/opentopup'],
});
const Events = Type.Array(Type.Enum(EVENT_TYPES), {
  maxItems: EVENT_TYPES.length,
  description: 'Only these types; none named: all of them',
});
const Status = Type.Enum(['active', 'paused'], {
  description:
    '`paused`: nothing is sent. What happens meanwhile is sent when it is active again, as long as it is kept',
});

/** An endpoint that is told what happens, as Standard Webhooks. */
export const Webhook = Type.Object(
  {
    id: Uuid,
    url: Type.String(),
    events: Events,
    status: Status,
    pause_reason: Type.Optional(
      Type.Enum(['asked', 'gone', 'failing', 'secret_lost'], {
        description:
          'Why it is paused. `gone`: it answered 410. `failing`: an event was given up, and none was delivered meanwhile. ' +
          '`secret_lost`: the server cannot read its secret any more, so it needs a new one',
      }),
    ),
    creation_date: DateTime,
    failing_since_date: Type.Optional({ ...DateTime, description: 'Since when nothing could be delivered' }),
    old_secret_expiration_date: Type.Optional({ ...DateTime, description: 'Until when the secret before signs too' }),
  },
  { title: 'Webhook' },
);
export type Webhook = Static<typeof Webhook>;

export const NewWebhook = Type.Object(
  { ...Webhook.properties, secret: Type.String({ description: '`whsec_…`: verifies signatures. Shown this once' }) },
  { title: 'NewWebhook' },
);
export type NewWebhook = Static<typeof NewWebhook>;

export const WebhookCreation = Type.Object(
  { url: Url, events: Type.Optional(Events) },
  { title: 'WebhookCreation', additionalProperties: false },
);
export type WebhookCreation = Static<typeof WebhookCreation>;

export const WebhookChange = Type.Object(
  { url: Type.Optional(Url), events: Type.Optional(Events), status: Type.Optional(Status) },
  { title: 'WebhookChange', additionalProperties: false, minProperties: 1 },
);
export type WebhookChange = Static<typeof WebhookChange>;

export const WebhookRotation = Type.Object(
  {
    overlap_s: Type.Optional(
      Type.Integer({
        minimum: 0,
        maximum: 2_592_000,
        default: DEFAULT_OVERLAP_S,
        description: 'How long what is sent is signed with the old secret too',
      }),
    ),
  },
  { title: 'WebhookRotation', additionalProperties: false },
);
export type WebhookRotation = Static<typeof WebhookRotation>;

export const DeliveryStatus = Type.Enum(['pending', 'delivered', 'dead'], {
  description: '`pending`: it is tried again. `dead`: given up, until somebody asks for it again',
});

/** How one event fared at one endpoint. */
export const Delivery = Type.Object(
  {
    webhook_id: Uuid,
    event_id: Uuid,
    type: Type.Enum(EVENT_TYPES),
    status: DeliveryStatus,
    attempts: Type.Integer({ description: 'How often it was sent, since it was last asked for' }),
    next_attempt_date: Type.Optional(DateTime),
    last_attempt_date: Type.Optional(DateTime),
    duration_ms: Type.Optional(Type.Integer({ description: 'How long the last attempt took' })),
    response_status: Type.Optional(Type.Integer({ description: 'The HTTP status of its answer' })),
    response_text: Type.Optional(Type.String({ description: 'The first 500 characters of it' })),
    error: Type.Optional(Type.String({ description: 'Why there was no answer, or none that counts' })),
  },
  { title: 'Delivery' },
);
export type Delivery = Static<typeof Delivery>;
