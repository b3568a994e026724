import { serverWords } from '@opentopup/contract/messages/server-words';
import { describe, expect, it } from 'vitest';
import { callSupplier } from '../call.ts';
import type { Connector, Outcome, Recharge } from '../connector.ts';
import { profileOf } from './profile.ts';
import { SCENARIOS } from './scenarios.ts';
import { readSimulatorSettings } from './settings.ts';
import { simulator } from './simulator.ts';

const REFERENCE = '01890000-0000-7000-8000-000000000001';
const PRODUCT = { id: '01890000-0000-7000-8000-000000000002', supplier_reference: null, settings: {} };
const SUPPLIER = { id: '01890000-0000-7000-8000-000000000003', settings: {}, secrets: {} };
const OK: Outcome = { outcome: 'ok', supplier_reference: `sim-${REFERENCE}` };

/** A French number with this ending: the simulator reads it as it is dialled in the country. */
const number = (ending: string): Recharge['line'] => ({
  kind: 'msisdn',
  e164: `+33684587${ending}`,
  national: `0684587${ending}`,
});
const serial = (ending: string): Recharge['line'] => ({ kind: 'simId', serial: `8991101200003204${ending}` });

/** A simulator that answers so late, and calls nobody back. */
const simulated = (latency_ms: number): Connector =>
  simulator({ latency_ms, callbackUrl: () => null, callbackSecret: 'secret' });

const recharge = (connector: Connector, line: Recharge['line'], signal = new AbortController().signal) =>
  connector.recharge({ reference: REFERENCE, line, product: PRODUCT, supplier: SUPPLIER }, signal);

/** What the guide to the demo promises for each ending. */
const EXPECTED: Record<string, Outcome> = {
  '001': { outcome: 'ko', reason: 'line_unknown', message: 'line unknown' },
  '002': { outcome: 'ko', reason: 'line_barred', message: 'line barred' },
  '003': { outcome: 'ko', reason: 'recently_recharged', message: 'line recently recharged' },
  '004': { outcome: 'ko', reason: 'limit_exceeded', message: 'recharge limit exceeded' },
  '005': { outcome: 'ko', reason: 'supplier_unavailable', message: 'supplier unavailable' },
  '006': OK,
  '007': { outcome: 'unknown', cause: 'no answer (delivered)' },
  '008': { outcome: 'unknown', cause: 'no answer (not delivered)' },
  '009': { outcome: 'unknown', cause: 'no answer (no proof either way)' },
  '010': { outcome: 'unknown', cause: 'no answer (a callback follows)' },
  '011': { outcome: 'unknown', cause: 'no answer (a callback follows)' },
  '012': OK,
  '013': OK,
  '014': OK,
};

describe('the simulated supplier', () => {
  it('has no other scenarios than those tested here', () => {
    expect(Object.keys(SCENARIOS).toSorted()).toEqual(Object.keys(EXPECTED));
  });

  it('says what each scenario does in French, too', () => {
    expect(Object.values(SCENARIOS).filter(({ what }) => serverWords(what, 'fr') === null)).toEqual([]);
  });

  it.each(Object.entries(EXPECTED).filter(([ending]) => ending !== '006'))(
    'answers a number or a serial ending in %s at once with %j',
    async (ending, outcome) => {
      const connector = simulated(0);
      const begun = performance.now();
      expect(await recharge(connector, number(ending))).toEqual(outcome);
      expect(await recharge(connector, serial(ending))).toEqual(outcome);
      expect(performance.now() - begun).toBeLessThan(1_500);
    },
  );

  it('answers one ending in 006 after 3 seconds, with ok', async () => {
    const begun = performance.now();
    expect(await recharge(simulated(0), number('006'))).toEqual(OK);
    expect(performance.now() - begun).toBeGreaterThanOrEqual(2_990);
  });

  it.each(['000', '587', '100', '999'])('recharges one ending in %s', async (ending) => {
    const connector = simulated(0);
    expect(await recharge(connector, number(ending))).toEqual(OK);
    expect(await recharge(connector, serial(ending))).toEqual(OK);
  });

  it('takes its latency for every answer', async () => {
    const connector = simulated(300);
    for (const ending of ['001', '009', '587']) {
      const begun = performance.now();
      await recharge(connector, number(ending));
      expect(performance.now() - begun).toBeGreaterThanOrEqual(295);
    }
  });

  it('adds the pause of a scenario to its latency', async () => {
    const begun = performance.now();
    expect(await recharge(simulated(500), number('006'))).toEqual(OK);
    expect(performance.now() - begun).toBeGreaterThanOrEqual(3_490);
  });

  it('gives up when it is told to', async () => {
    const giveUp = new AbortController();
    const begun = performance.now();
    const answer = recharge(simulated(30_000), number('587'), giveUp.signal);
    giveUp.abort();
    await expect(answer).rejects.toThrow('aborted');
    expect(performance.now() - begun).toBeLessThan(5_000);
  });

  it('slower than the deadline is an unknown outcome', async () => {
    const outcome = await callSupplier(
      simulated(0),
      { reference: REFERENCE, line: number('006'), product: PRODUCT, supplier: SUPPLIER },
      100,
      new AbortController().signal,
    );
    expect(outcome).toEqual({ outcome: 'unknown', cause: 'no answer within 100 ms' });
  });

  it('delivers an eSIM where there is no line, and finds the same one again', async () => {
    const connector = simulated(0);
    const delivered = await recharge(connector, null);
    expect(delivered).toEqual({ ...OK, esim: profileOf(REFERENCE) });
    const asked = { reference: REFERENCE, line: null, product: PRODUCT, supplier: SUPPLIER };
    expect(await connector.lookup?.(asked, new AbortController().signal)).toEqual(delivered);
  });
});

describe('the settings of a simulated supplier', () => {
  const signal = new AbortController().signal;
  const connector = simulated(0);
  const references = Array.from({ length: 1_000 }, (_, i) => `01890000-0000-7000-8000-${String(i).padStart(12, '0')}`);
  const order = (reference: string, settings: object, line = number('587')): Recharge => ({
    reference,
    line,
    product: PRODUCT,
    supplier: { ...SUPPLIER, settings: { ...settings } },
  });
  const outcomes = (settings: object): Promise<Outcome[]> =>
    Promise.all(references.map((reference) => connector.recharge(order(reference, settings), signal)));
  const count = (all: readonly { outcome: string }[], outcome: string): number =>
    all.filter((each) => each.outcome === outcome).length;

  it('say how many orders fail and how many get no answer, each the same one again', async () => {
    const settings = { failure_rate: 0.3, silence_rate: 0.2 };
    const all = await outcomes(settings);
    expect(count(all, 'ko')).toBeGreaterThan(250);
    expect(count(all, 'ko')).toBeLessThan(350);
    expect(count(all, 'unknown')).toBeGreaterThan(150);
    expect(count(all, 'unknown')).toBeLessThan(250);
    expect(new Set(all.flatMap((each) => (each.outcome === 'ko' ? [each.reason] : [])))).toEqual(
      new Set(['supplier_unavailable']),
    );
    expect(await outcomes(settings)).toEqual(all);
  });

  it('leave every second order without an answer delivered, which asking again tells', async () => {
    const settings = { silence_rate: 1 };
    expect(count(await outcomes(settings), 'unknown')).toBe(1_000);
    const found = await Promise.all(
      references.map(async (reference) => (await connector.lookup?.(order(reference, settings), signal)) ?? OK),
    );
    expect(count(found, 'ok')).toBeGreaterThan(440);
    expect(count(found, 'ok')).toBeLessThan(560);
    expect(count(found, 'ok') + count(found, 'not_found')).toBe(1_000);
  });

  it('of 0 and of 1 mean never and always', async () => {
    expect(count(await outcomes({ failure_rate: 0, silence_rate: 0 }), 'ok')).toBe(1_000);
    expect(count(await outcomes({ failure_rate: 1, silence_rate: 1 }), 'ko')).toBe(1_000);
  });

  it('leave the numbers that provoke something as they are', async () => {
    const barred = await connector.recharge(order(REFERENCE, { silence_rate: 1 }, number('002')), signal);
    expect(barred).toEqual(EXPECTED['002']);
  });

  it('come with each call, and say how long an answer takes', async () => {
    const took_ms = async (latency_ms: number, settings: object): Promise<number> => {
      const begun = performance.now();
      await simulated(latency_ms).recharge(order(REFERENCE, settings), signal);
      return performance.now() - begun;
    };
    expect(await took_ms(200, {})).toBeGreaterThanOrEqual(195);
    expect(await took_ms(200, { latency_ms: 400 })).toBeGreaterThanOrEqual(395);
    expect(await took_ms(60_000, { latency_ms: 0 })).toBeLessThan(5_000);
  });

  it('that are no settings of the simulator, or out of bounds, count as not given', () => {
    const bad = { latency_ms: -1, failure_rate: 2, silence_rate: '1', by_serial: 'yes', base_url: 'https://x.example' };
    expect(readSimulatorSettings(bad)).toEqual({});
    expect(readSimulatorSettings({ ...bad, failure_rate: 0.5, by_serial: true })).toEqual({
      failure_rate: 0.5,
      by_serial: true,
    });
  });
});
