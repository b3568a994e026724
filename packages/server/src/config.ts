import Type, { type Static } from 'typebox';

/** Every setting, with its default and what it means. `npm run docs` makes docs/reference/settings.md of it. */
export const SETTINGS = Type.Object({
  PORT: Type.Integer({
    minimum: 0,
    maximum: 65535,
    default: 8080,
    description: 'Port to listen on; 0 takes a free one',
  }),
  HOST: Type.String({ minLength: 1, default: '127.0.0.1', description: 'Address to listen on' }),
  PUBLIC_URL: Type.Optional(
    Type.String({
      format: 'url',
      pattern: '^https?://[^/?#@]+/?$',
      description: 'Where people reach the console, as in `https://topup.example`; one-time links begin with it',
    }),
  ),
  TRUSTED_PROXY: Type.Optional(
    Type.String({
      pattern: '^[0-9A-Fa-f.:/, ]+$|^loopback$|^uniquelocal$',
      description:
        'Addresses or networks of the proxies in front, as in `10.0.0.1` or `loopback`; only they may say who calls (`X-Forwarded-For`)',
    }),
  ),
  DATA_DIR: Type.String({
    minLength: 1,
    default: './data',
    description: 'Folder of the embedded database, for this user alone',
  }),
  DATABASE_URL: Type.Optional(
    Type.String({
      pattern: '^postgres(ql)?://',
      description: 'PostgreSQL 15 or later, instead of the embedded database; all its hosts, separated by commas',
    }),
  ),
  DATABASE_READ_URL: Type.Optional(
    Type.String({
      pattern: '^postgres(ql)?://([^@/]*@)?[^,/@]*(/|$)',
      description:
        'One replica, for what may be a second old: overviews, exports and statements; see high availability',
    }),
  ),
  LATER_SCHEMA: Type.Optional(
    Type.String({
      pattern: '^[0-9]{4}-[a-z0-9-]+\\.sql$',
      description:
        'The way back after an upgrade: the newest migration of the next version, on whose database this one works meanwhile',
    }),
  ),
  WORKERS: Type.Integer({
    minimum: 1,
    maximum: 256,
    default: 1,
    description: 'Processes that serve together, with PostgreSQL only',
  }),
  DRAIN_S: Type.Integer({
    minimum: 0,
    maximum: 120,
    default: 0,
    description:
      'How long a server that is told to end serves on with `/readyz` at 503, so that proxies leave it out first',
  }),
  NODE_ENV: Type.Optional(Type.String({ description: '`production`: no demo data, and ADMIN_TOKEN is required' })),
  ADMIN_TOKEN: Type.Optional(
    Type.String({ minLength: 16, description: "The operator's token for `/admin/v1`; the demo makes its own" }),
  ),
  METRICS_TOKEN: Type.Optional(
    Type.String({ minLength: 16, description: 'Opens `/metrics` and nothing else; ADMIN_TOKEN opens it too' }),
  ),
  OTEL_EXPORTER_OTLP_ENDPOINT: Type.Optional(
    Type.String({
      format: 'url',
      pattern: '^https?://[^/?#@]+(/[^?#]*)?$',
      description: 'Where traces are sent (OTLP over HTTP, `/v1/traces` is added); without it there are none',
    }),
  ),
  OTEL_TRACES_SAMPLER_ARG: Type.Number({
    minimum: 0,
    maximum: 1,
    default: 1,
    description: 'Share of the requests that are traced, where the caller does not decide',
  }),
  OTEL_SERVICE_NAME: Type.String({ minLength: 1, default: 'opentopup', description: 'Its name in the traces' }),
  LOG_LEVEL: Type.Enum(['debug', 'info', 'warn', 'error', 'silent'], {
    default: 'info',
    description: 'Least important log line that is written: `debug`, `info`, `warn`, `error` or `silent`',
  }),
  SEALING_KEY: Type.Optional(
    Type.String({
      pattern: '^[A-Za-z0-9+/_-]{43}=?$',
      description:
        '32 random bytes as base64: seals eSIM profiles, secrets of suppliers and webhooks, and the keys that sign tokens and documents, in the database',
    }),
  ),
  IDEMPOTENCY_KEY_LIFE_S: Type.Integer({
    minimum: 86_400,
    maximum: 31_536_000,
    default: 86_400,
    description: 'How long an Idempotency-Key counts, from the end of its sale on',
  }),
  EVENTS_KEEP_DAYS: Type.Integer({
    minimum: 1,
    maximum: 3_650,
    default: 30,
    description:
      'How long events, their deliveries and what was said to suppliers are kept; the last at least as long after the end of the sale',
  }),
  WEBHOOK_ALLOW: Type.Optional(
    Type.String({
      pattern: '^[A-Za-z0-9.:_-]+(/[0-9]{1,3})?(,[A-Za-z0-9.:_-]+(/[0-9]{1,3})?)*$',
      description:
        'Hosts, IP addresses and ranges that webhooks and sign-in providers may have although they are private, also without TLS: `shop.local,10.0.0.0/8`; in the demo this machine',
    }),
  ),
  WEBHOOK_RETRY_SCHEDULE_S: Type.String({
    pattern: '^[0-9]{1,6}(,[0-9]{1,6})*$',
    default: '5,300,1800,7200,18000,36000,50400,72000,86400',
    description: 'Pauses in seconds after which an event is sent to an endpoint again, before it is given up',
  }),
  RETENTION_DAYS: Type.Optional(
    Type.Integer({
      minimum: 31,
      maximum: 36_500,
      description: 'So many days after the end of a sale it is forgotten whom it was for; without it never',
    }),
  ),
  SMTP_URL: Type.Optional(
    Type.String({
      format: 'url',
      pattern: '^smtps?://',
      description: 'Mail server for stock alerts and messages: `smtp://user:password@host:587`, or `smtps://`',
    }),
  ),
  MAIL_FROM: Type.Optional(
    Type.String({ pattern: '^[^\\r\\n]*@[^\\r\\n]+$', description: 'Sender of mails; required with SMTP_URL' }),
  ),
  SMS_URL: Type.Optional(
    Type.String({
      format: 'url',
      pattern: '^https?://[^/?#@]+([/?]|$)',
      description: 'SMS gateway for messages to end customers: `{"id", "to", "text"}` is posted to it',
    }),
  ),
  SMS_TOKEN: Type.Optional(Type.String({ minLength: 1, description: 'Sent to the SMS gateway as a bearer token' })),
  EXCHANGE_RATES_URL: Type.Optional(
    Type.String({
      format: 'url',
      // A name and password in it would not be sent.
      pattern: '^https?://[^/?#@]+([/?]|$)',
      description: 'Where exchange rates are fetched, every 6 hours; without it there are none',
    }),
  ),
  SUPPLIER_DEADLINE_MS: Type.Integer({
    minimum: 100,
    maximum: 120_000,
    default: 10_000,
    description: 'How long a supplier may take to answer, before the outcome counts as unknown',
  }),
  REVERSAL_SECOND_PERSON_ABOVE: Type.Optional(
    Type.Number({
      minimum: 0,
      description:
        'Price of a sale, in its currency, above which a second person has to approve that it is reversed; without it never',
    }),
  ),
  SUPPLIER_REVERSALS: Type.Enum(['propose', 'book'], {
    default: 'propose',
    description:
      'What becomes of a sale of which its supplier says afterwards that nothing was delivered, or that it took it back: `propose` asks the operator, `book` reverses it at once',
  }),
  BUSINESS_TIME_ZONE: Type.String({
    minLength: 1,
    maxLength: 64,
    default: 'UTC',
    description: 'Time zone in which days and months begin and end, as Europe/Paris; a distributor may have its own',
  }),
  STATEMENT_SCHEDULE: Type.Enum(['none', 'month'], {
    default: 'none',
    description: 'Which statements are closed by themselves: `month` closes that of each month when it is over',
  }),
  RESTORED_SINCE: Type.Optional(
    Type.String({
      format: 'date-time',
      description:
        'After a restore: when the backup was made. Nothing is sold until what was sold since is booked; once for each backup',
    }),
  ),
  CATALOGUE_INTERVAL_S: Type.Integer({
    minimum: 1,
    maximum: 86_400,
    default: 900,
    description: 'How often, about, the catalogues of suppliers are read again',
  }),
  SIMULATOR_LATENCY_MS: Type.Integer({
    minimum: 0,
    maximum: 60_000,
    default: 0,
    description: 'How long the simulated supplier takes to answer',
  }),
});
export type Settings = Static<typeof SETTINGS>;
