import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import parse from 'parse-prometheus-text-format';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type RawCaller, rawCallerWith, rawSignIn } from '../support/raw-caller.ts';
import { createWorld, type DemoPlace, ENGINES, type RunningServer } from '../support/server.ts';

const METRICS_TOKEN = 'token-of-the-metrics-only';
const DASHBOARD = join(import.meta.dirname, '../../../../docs/grafana-dashboard.json');
const SALE = '/distributors/transactions';

type Family = ReturnType<typeof parse>[number];

describe.each(ENGINES)('the metrics on %s', (engine) => {
  let world: DemoPlace;
  let server: RunningServer;
  let shop: RawCaller;
  let families: Family[];
  let declared: string[];

  const scrape = async (): Promise<Family[]> => {
    const { status, headers, body } = await rawCallerWith(server, METRICS_TOKEN).get('/metrics');
    expect([status, headers.get('content-type')]).toEqual([200, 'text/plain; version=0.0.4; charset=utf-8']);
    declared = parse(body).map(({ name }) => name);
    // Without what declares histograms, the parser leaves them apart by their labels.
    const plain = (body as string).replaceAll(/^# .*\n/gm, '');
    return parse(plain);
  };
  /** The value of a metric, added up over all that have these labels. */
  const numberOf = (name: string, labels: Record<string, string> = {}): number => {
    const metrics = families.filter((family) => family.name === name).flatMap((family) => family.metrics);
    const chosen = metrics.filter((metric) =>
      Object.entries(labels).every(([label, value]) => metric.labels?.[label] === value),
    );
    return chosen.reduce((sum, { value }) => sum + Number(value), 0);
  };

  beforeAll(async () => {
    world = await createWorld(engine);
    // What one worker counts, whichever is asked tells.
    const workers = engine === 'postgresql' ? { WORKERS: '2' } : {};
    server = await world.start({ METRICS_TOKEN, ...workers });
    shop = await rawSignIn(server, world.demo);
    const endings = ['587', '587', '587', '002', '009'];
    await Promise.all(endings.map((end) => shop.sell(world.offer('msisdn'), { msisdn: `0684587${end}` })));
    await shop.sell(world.offer('empty'), { msisdn: '0684587587' });
    await vi.waitFor(
      async () => {
        families = await scrape();
        const counted = numberOf('opentopup_http_request_seconds_count', { route: SALE });
        if (counted !== 6) throw new Error(`${counted} of 6 requests are counted`);
      },
      { timeout: 60_000, interval: 500 },
    );
  });
  afterAll(() => world.remove());

  it('tell of sales and refusals, by reason', () => {
    expect(numberOf('opentopup_transactions_settled_total', { status: 'ok' })).toBe(3);
    expect(numberOf('opentopup_transactions_settled_total', { status: 'ko', reason: 'line_barred' })).toBe(1);
    expect(numberOf('opentopup_refusals_total', { route: SALE, reason: 'bucket_empty' })).toBe(1);
    expect(numberOf('opentopup_http_request_seconds_count', { route: SALE, status: '201' })).toBe(4);
  });

  it('tell how long each supplier took, and whether it is called', () => {
    expect(numberOf('opentopup_supplier_outcome_seconds_count', { outcome: 'ok' })).toBe(3);
    expect(numberOf('opentopup_supplier_outcome_seconds_count', { outcome: 'unknown' })).toBe(1);
    expect(declared).toContain('opentopup_supplier_circuit_open');
    expect(numberOf('opentopup_supplier_circuit_open')).toBe(0);
    expect(numberOf('opentopup_supplier_open_calls')).toBe(0);
  });

  it('tell what waits, and how many requests share a round trip', () => {
    expect(numberOf('opentopup_queue_depth', { queue: 'reconciliation' })).toBe(1);
    expect(numberOf('opentopup_store_waiting', { of: 'hold' })).toBe(0);
    expect(numberOf('opentopup_batch_size_count', { of: 'hold' })).toBeGreaterThan(0);
  });

  it('tell what is in stock', async () => {
    await vi.waitFor(
      async () => {
        families = await scrape();
        expect(numberOf('opentopup_stock_units', { state: 'sold' })).toBe(3);
      },
      { timeout: 60_000, interval: 500 },
    );
    expect(numberOf('opentopup_stock_units', { state: 'held' })).toBe(1);
    const left = await shop.stock(world.offer('msisdn'));
    expect(numberOf('opentopup_bucket_available_units', { offer_id: world.offer('msisdn') })).toBe(left);
    expect(numberOf('opentopup_database_up')).toBe(1);
  });

  it('have everything that the dashboard shows', () => {
    const asked = readFileSync(DASHBOARD, 'utf8').match(/(?:opentopup|nodejs|process)_\w+/g) ?? [];
    expect(asked.length).toBeGreaterThan(10);
    const known = declared.flatMap((name) => [name, `${name}_bucket`, `${name}_sum`, `${name}_count`]);
    expect([...new Set(asked)].filter((name) => !known.includes(name))).toEqual([]);
  });

  it('are for whoever has their token or the operator’s, and their token opens nothing else', async () => {
    const open = await fetch(`${server.baseUrl}/metrics`);
    expect([open.status, ((await open.json()) as { reason: string }).reason]).toEqual([401, 'missing_credentials']);
    expect((await shop.get('/metrics')).status).toBe(401);
    expect((await rawCallerWith(server, world.demo.admin_token).get('/metrics')).status).toBe(200);
    const { status } = await rawCallerWith(server, METRICS_TOKEN).get('/admin/v1/distributors');
    expect(status).toBe(401);
  });

  it('hold no number of a customer', async () => {
    const { body } = await rawCallerWith(server, METRICS_TOKEN).get('/metrics');
    expect(body).not.toContain('684587');
  });
});
