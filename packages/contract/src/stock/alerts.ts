import Type, { type Static } from 'typebox';
import { DateTime, Email, PlainText, Uuid } from '../formats.ts';
import { STAFF_LANGUAGES } from '../messages/staff-messages.ts';
import { ONE_LINE } from '../plain-text.ts';

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
const language = Type.Enum(STAFF_LANGUAGES, { description: 'The language that it is written to in' });

/** A chat to be written to. */
export const AlertChat = Type.Object(
  {
    url: Type.String({
      minLength: 1,
      maxLength: 2048,
      pattern: ONE_LINE,
      description:
        'The address of an incoming webhook that takes `{"text": "…"}`, as those of Slack, Mattermost, Teams and, with ' +
        '`/slack` at its end, Discord: `https`, at a public address. A secret: it is kept sealed and not shown again',
      examples: ['https://hooks.chat.example/services/T00/B00/secret'],
    }),
    language: Type.Optional({ ...language, description: 'That of the Accept-Language unless told' }),
  },
  { title: 'AlertChat', additionalProperties: false },
);
export type AlertChat = Static<typeof AlertChat>;

/** The chat that an alert writes to, without its secret. */
export const AlertChatState = Type.Object(
  {
    address: Type.String({ description: 'Where the chat is; the rest of its address is a secret' }),
    language,
    stop_date: Type.Optional({
      ...DateTime,
      description:
        'When it was given up, because it answered 403, 404 or 410 until a message was given up. To begin again, give its ' +
        'address once more, or send it a test message that it takes',
    }),
    stop_cause: Type.Optional(Type.String({ description: 'What it answered then' })),
    failure_date: Type.Optional({
      ...DateTime,
      description:
        'When the last message was given up for another cause, after ten tries. The next one is tried all the same, and ' +
        'once one was taken this is absent',
    }),
    failure_cause: Type.Optional(Type.String({ description: 'What the last of those tries met' })),
  },
  { title: 'AlertChatState' },
);
export type AlertChatState = Static<typeof AlertChatState>;

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
    chat: Type.Optional(AlertChatState),
    creation_date: DateTime,
    update_date: DateTime,
    crossed: Type.Array(StockStanding, {
      description: 'Its offers that are low or depleted, latest first; 100 at most',
    }),
  },
  { title: 'Alert' },
);
export type Alert = Static<typeof Alert>;

/** What came of a test message to one address of an alert. */
export const AlertTest = Type.Object(
  {
    channel: Type.Enum(['email', 'chat']),
    address: Type.String({ description: 'The address of the e-mail; of a chat, as much of it as is shown' }),
    error: Type.Optional(
      Type.String({ description: 'Why it was not taken, or why nobody knows whether it was; absent where it was' }),
    ),
  },
  { title: 'AlertTest' },
);
export type AlertTest = Static<typeof AlertTest>;

/** A new alert: `units`, `days_of_cover`, or both. */
export const AlertCreation = Type.Object(
  {
    offer_id: Type.Optional({ ...Uuid, description: OFFER }),
    units: Type.Optional({ ...units, description: UNITS }),
    days_of_cover: Type.Optional({ ...days, description: DAYS }),
    emails: Type.Optional(emails),
    chat: Type.Optional(AlertChat),
  },
  { title: 'AlertCreation', additionalProperties: false },
);
export type AlertCreation = Static<typeof AlertCreation>;

/** A change of an alert; null takes a threshold or the chat away, and one threshold has to stay. */
export const AlertChange = Type.Object(
  {
    units: Type.Optional(Type.Union([units, Type.Null()])),
    days_of_cover: Type.Optional(Type.Union([days, Type.Null()])),
    emails: Type.Optional(emails),
    chat: Type.Optional(Type.Union([AlertChat, Type.Null()])),
  },
  { title: 'AlertChange', additionalProperties: false, minProperties: 1 },
);
export type AlertChange = Static<typeof AlertChange>;
