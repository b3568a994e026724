import { describe, expect, it } from 'vitest';
import { BadSettings, readSettings } from './read-settings.ts';

const DEFAULTS = {
  PORT: 8080,
  HOST: '127.0.0.1',
  DATA_DIR: './data',
  DRAIN_S: 0,
  WORKERS: 1,
  OTEL_TRACES_SAMPLER_ARG: 1,
  OTEL_SERVICE_NAME: 'opentopup',
  LOG_LEVEL: 'info',
  IDEMPOTENCY_KEY_LIFE_S: 86_400,
  EVENTS_KEEP_DAYS: 30,
  WEBHOOK_RETRY_SCHEDULE_S: '5,300,1800,7200,18000,36000,50400,72000,86400',
  BUSINESS_TIME_ZONE: 'UTC',
  STATEMENT_SCHEDULE: 'none',
  CATALOGUE_INTERVAL_S: 900,
  SUPPLIER_DEADLINE_MS: 10_000,
  SIMULATOR_LATENCY_MS: 0,
  SUPPLIER_REVERSALS: 'propose',
};
const ADMIN_TOKEN = 'sixteen-letters!';

/** What somebody reads who starts the server with these settings. */
function complaint(env: Record<string, string>): string {
  try {
    readSettings(env);
  } catch (error) {
    if (error instanceof BadSettings) return error.message;
    throw error;
  }
  throw new Error('the settings were taken');
}

describe('the settings', () => {
  it('have defaults, and need none to be set', () => {
    expect(readSettings({})).toEqual(DEFAULTS);
  });

  it('are read from the environment, numbers as numbers', () => {
    const given = {
      PORT: '0',
      DRAIN_S: '3',
      HOST: '::1',
      DATA_DIR: '/var/lib/opentopup',
      DATABASE_URL: 'postgresql://db/opentopup',
      WORKERS: '2',
      NODE_ENV: 'test',
      ADMIN_TOKEN,
      OTEL_TRACES_SAMPLER_ARG: '0.25',
      OTEL_SERVICE_NAME: 'till',
      LOG_LEVEL: 'silent',
      IDEMPOTENCY_KEY_LIFE_S: '172800',
      EVENTS_KEEP_DAYS: '90',
      WEBHOOK_RETRY_SCHEDULE_S: '60',
      CATALOGUE_INTERVAL_S: '60',
      SUPPLIER_DEADLINE_MS: '120000',
      SIMULATOR_LATENCY_MS: '250',
      SUPPLIER_REVERSALS: 'book',
      BUSINESS_TIME_ZONE: 'Africa/Dakar',
      STATEMENT_SCHEDULE: 'none',
      REVERSAL_SECOND_PERSON_ABOVE: '99.5',
    };
    expect(readSettings(given)).toEqual({
      ...given,
      PORT: 0,
      DRAIN_S: 3,
      WORKERS: 2,
      OTEL_TRACES_SAMPLER_ARG: 0.25,
      IDEMPOTENCY_KEY_LIFE_S: 172_800,
      EVENTS_KEEP_DAYS: 90,
      CATALOGUE_INTERVAL_S: 60,
      SUPPLIER_DEADLINE_MS: 120_000,
      SIMULATOR_LATENCY_MS: 250,
      REVERSAL_SECOND_PERSON_ABOVE: 99.5,
    });
  });

  it('that are text stay text, even where they look like numbers', () => {
    expect(readSettings({ ADMIN_TOKEN: '1234567890123456', DATA_DIR: '7', HOST: '0' })).toEqual({
      ...DEFAULTS,
      ADMIN_TOKEN: '1234567890123456',
      DATA_DIR: '7',
      HOST: '0',
    });
  });

  it('that are empty count as not set', () => {
    const empty = Object.fromEntries([...Object.keys(DEFAULTS), 'DATABASE_URL', 'ADMIN_TOKEN'].map((n) => [n, '']));
    expect(readSettings(empty)).toEqual(DEFAULTS);
  });

  it('leave the rest of the environment alone', () => {
    expect(readSettings({ PATH: '/bin', port: '1', HOME: undefined })).toEqual(DEFAULTS);
  });

  it.each([
    ['PORT', 'http'],
    ['PORT', '-1'],
    ['PORT', '65536'],
    ['PORT', 'NaN'],
    ['LOG_LEVEL', 'loud'],
    ['LOG_LEVEL', 'INFO'],
    ['SUPPLIER_DEADLINE_MS', '99'],
    ['SUPPLIER_DEADLINE_MS', '120001'],
    ['SUPPLIER_DEADLINE_MS', '10s'],
    ['SIMULATOR_LATENCY_MS', '-1'],
    ['SIMULATOR_LATENCY_MS', '60001'],
    ['SUPPLIER_REVERSALS', 'ignore'],
    ['REVERSAL_SECOND_PERSON_ABOVE', '-1'],
  ])('%s=%s is refused, and the message shows both', (name, value) => {
    expect(complaint({ [name]: value })).toMatch(
      new RegExp(`^These settings cannot be used:\n  ${name}=${value} must .+$`),
    );
  });

  it('that are wrong are all named at once, each on a line of its own', () => {
    const lines = complaint({ PORT: 'x', LOG_LEVEL: 'x', ADMIN_TOKEN: 'x', SUPPLIER_DEADLINE_MS: '1' }).split('\n');
    const named = lines.slice(1).map((line) => /^ {2}(\w+)/.exec(line)?.[1]);
    expect(new Set(named)).toEqual(new Set(['PORT', 'ADMIN_TOKEN', 'LOG_LEVEL', 'SUPPLIER_DEADLINE_MS']));
    expect(named).toHaveLength(4);
  });

  it.each([
    ['ADMIN_TOKEN', 'tooshort'],
    ['DATABASE_URL', 'mysql://root:geheim@db/x'],
    ['EXCHANGE_RATES_URL', 'ftp://rates.example/?key=geheim'],
    ['EXCHANGE_RATES_URL', 'https://me:geheim@rates.example/'],
    ['EXCHANGE_RATES_URL', 'https://rates.example:99999/?key=geheim'],
  ])('%s is named when it is wrong, and not repeated: it is a secret', (name, value) => {
    const message = complaint({ [name]: value, PORT: 'x' });
    expect(message).toContain(`  ${name} must `);
    expect(message).not.toContain(value);
    expect(message).not.toContain('geheim');
  });

  it.each(['postgres://db/x', 'postgresql://user:secret@db:5432/x?sslmode=require'])(
    'take PostgreSQL by its address: %s',
    (DATABASE_URL) => {
      expect(readSettings({ DATABASE_URL, ADMIN_TOKEN })).toEqual({ ...DEFAULTS, DATABASE_URL, ADMIN_TOKEN });
    },
  );

  it.each(['http://127.0.0.1:8080', 'https://rates.example/v1/latest?base=EUR&key=a@b'])(
    'take a source of exchange rates by its address: %s',
    (EXCHANGE_RATES_URL) => {
      expect(readSettings({ EXCHANGE_RATES_URL })).toEqual({ ...DEFAULTS, EXCHANGE_RATES_URL });
    },
  );

  it.each([
    ['in production', { NODE_ENV: 'production' }],
    ['in production, where it is empty', { NODE_ENV: 'production', ADMIN_TOKEN: '' }],
    ['with PostgreSQL', { DATABASE_URL: 'postgres://db/x' }],
  ])('need an ADMIN_TOKEN %s', (_, env) => {
    expect(complaint(env)).toMatch(/^ADMIN_TOKEN is required .*16 characters\.$/);
    expect(readSettings({ ...env, ADMIN_TOKEN })).toMatchObject({ ADMIN_TOKEN });
  });

  it('need no ADMIN_TOKEN for the demo', () => {
    expect(readSettings({ NODE_ENV: 'development' })).toEqual({ ...DEFAULTS, NODE_ENV: 'development' });
  });

  it('keep no key longer than the number that it was made of', () => {
    const env = { RETENTION_DAYS: '31', IDEMPOTENCY_KEY_LIFE_S: String(31 * 86_400) };
    expect(readSettings(env)).toMatchObject({ RETENTION_DAYS: 31 });
    const longer = { ...env, IDEMPOTENCY_KEY_LIFE_S: String(31 * 86_400 + 1) };
    expect(complaint(longer)).toMatch(/^IDEMPOTENCY_KEY_LIFE_S is longer than RETENTION_DAYS/);
  });
});
