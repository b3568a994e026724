import { Value } from 'typebox/value';
import { SETTINGS, type Settings } from './config.ts';
import { isTimeZoneName } from './values/time-zone.ts';

// The address of a source of rates may hold the key to it.
const SECRETS = new Set([
  'ADMIN_TOKEN',
  'METRICS_TOKEN',
  'DATABASE_URL',
  'DATABASE_READ_URL',
  'SEALING_KEY',
  'SMTP_URL',
  'SMS_URL',
  'SMS_TOKEN',
  'EXCHANGE_RATES_URL',
]);

const DAY_S = 86_400;

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
  if (settings.SMTP_URL && !settings.MAIL_FROM) {
    throw new BadSettings('MAIL_FROM is required with SMTP_URL: set it to the address that mails come from.');
  }
  if (settings.IDEMPOTENCY_KEY_LIFE_S > (settings.RETENTION_DAYS ?? Number.POSITIVE_INFINITY) * DAY_S) {
    throw new BadSettings(
      'IDEMPOTENCY_KEY_LIFE_S is longer than RETENTION_DAYS: with keys, numbers could be found again.',
    );
  }
  if (!isTimeZoneName(settings.BUSINESS_TIME_ZONE)) {
    throw new BadSettings(
      `BUSINESS_TIME_ZONE=${settings.BUSINESS_TIME_ZONE} is no time zone: it is a name as in Europe/Paris.`,
    );
  }
  if (settings.STATEMENT_SCHEDULE !== 'none' && settings.DATABASE_URL && !settings.SEALING_KEY) {
    throw new BadSettings(
      'STATEMENT_SCHEDULE needs SEALING_KEY: statements are signed, and the key for that is sealed.',
    );
  }
  if (settings.WORKERS > 1 && !settings.DATABASE_URL) {
    throw new BadSettings('WORKERS needs DATABASE_URL: the embedded database belongs to one process.');
  }
  return settings;
}
