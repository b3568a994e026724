import Type, { type Static } from 'typebox';
import { Value } from 'typebox/value';

/** Every setting, with its default and what it means. The table in the README is tested against this. */
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
  DATA_DIR: Type.String({ minLength: 1, default: './data', description: 'Folder of the embedded database' }),
  DATABASE_URL: Type.Optional(
    Type.String({
      pattern: '^postgres(ql)?://',
      description: 'PostgreSQL 15 or later, instead of the embedded database',
    }),
  ),
  WORKERS: Type.Integer({
    minimum: 1,
    maximum: 256,
    default: 1,
    description: 'Processes that serve together, with PostgreSQL only',
  }),
  NODE_ENV: Type.Optional(Type.String({ description: '`production`: no demo data, and ADMIN_TOKEN is required' })),
  ADMIN_TOKEN: Type.Optional(
    Type.String({ minLength: 16, description: "The operator's token for `/admin/v1`; the demo makes its own" }),
  ),
  LOG_LEVEL: Type.Enum(['debug', 'info', 'warn', 'error', 'silent'], {
    default: 'info',
    description: 'Least important log line that is written: `debug`, `info`, `warn`, `error` or `silent`',
  }),
  SEALING_KEY: Type.Optional(
    Type.String({
      pattern: '^[A-Za-z0-9+/_-]{43}=?$',
      description: '32 random bytes as base64: seals eSIM profiles and secrets of suppliers in the database',
    }),
  ),
  IDEMPOTENCY_KEY_LIFE_S: Type.Integer({
    minimum: 86_400,
    maximum: 31_536_000,
    default: 86_400,
    description: 'How long an Idempotency-Key counts',
  }),
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
  SIMULATOR_LATENCY_MS: Type.Integer({
    minimum: 0,
    maximum: 60_000,
    default: 0,
    description: 'How long the simulated supplier takes to answer',
  }),
});
export type Settings = Static<typeof SETTINGS>;

// The address of a source of rates may hold the key to it.
const SECRETS = new Set(['ADMIN_TOKEN', 'DATABASE_URL', 'SEALING_KEY', 'EXCHANGE_RATES_URL']);

/** Settings that cannot be used; the message says all that is wrong, and how to mend it. */
export class BadSettings extends Error {
  override readonly name = 'BadSettings';
}

/**
 * The settings in the environment. An empty variable counts as not set.
 * @throws BadSettings
 */
export function readSettings(env: Record<string, string | undefined>): Settings {
  const names = Object.keys(SETTINGS.properties);
  const given = Object.fromEntries(names.filter((name) => env[name]).map((name) => [name, env[name]]));
  const settings = Value.Convert(SETTINGS, Value.Default(SETTINGS, given));
  if (!Value.Check(SETTINGS, settings)) {
    const faults = Value.Errors(SETTINGS, settings).map(({ instancePath, message }) => {
      const name = instancePath.slice(1);
      // A secret that is wrong is still a secret.
      const value = SECRETS.has(name) ? '' : `=${env[name]}`;
      return `  ${name}${value} ${message}`;
    });
    throw new BadSettings(`These settings cannot be used:\n${[...new Set(faults)].join('\n')}`);
  }
  if (settings.NODE_ENV === 'production' && !settings.ADMIN_TOKEN) {
    throw new BadSettings('ADMIN_TOKEN is required in production: set it to a secret of at least 16 characters.');
  }
  if (settings.DATABASE_URL && !settings.ADMIN_TOKEN) {
    throw new BadSettings('ADMIN_TOKEN is required with DATABASE_URL: set it to a secret of at least 16 characters.');
  }
  if (settings.WORKERS > 1 && !settings.DATABASE_URL) {
    throw new BadSettings('WORKERS needs DATABASE_URL: the embedded database belongs to one process.');
  }
  return settings;
}
