import { describe, expect, it } from 'vitest';
import { callSupplier } from '../call.ts';
import type { Connector, Outcome, Recharge } from '../supplier.ts';
import { SCENARIOS, simulator } from './simulator.ts';

const REFERENCE = '01890000-0000-7000-8000-000000000001';
const PRODUCT = { id: '01890000-0000-7000-8000-000000000002', supplier_reference: null };
const SUPPLIER = { id: '01890000-0000-7000-8000-000000000003', settings: {}, secrets: {} };
const OK: Outcome = { outcome: 'ok', supplier_reference: `sim-${REFERENCE}` };

/** A French number with this ending: the simulator reads it as it is dialled in the country. */
const number = (ending: string): Recharge['line'] => ({
  kind: 'msisdn',
  e164: `+33684587${ending}`,
  national: `0684587${ending}`,
});
const serial = (ending: string): Recharge['line'] => ({ kind: 'simId', serial: `8991101200003204${ending}` });

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
};

describe('the simulated supplier', () => {
  it('has no other scenarios than those tested here', () => {
    expect(Object.keys(SCENARIOS).toSorted()).toEqual(Object.keys(EXPECTED));
  });

  it.each(Object.entries(EXPECTED).filter(([ending]) => ending !== '006'))(
    'answers a number or a serial ending in %s at once with %j',
    async (ending, outcome) => {
      const connector = simulator({ latency_ms: 0 });
      const begun = performance.now();
      expect(await recharge(connector, number(ending))).toEqual(outcome);
      expect(await recharge(connector, serial(ending))).toEqual(outcome);
      expect(performance.now() - begun).toBeLessThan(1_500);
    },
  );

  it('answers one ending in 006 after 3 seconds, with ok', async () => {
    const begun = performance.now();
    expect(await recharge(simulator({ latency_ms: 0 }), number('006'))).toEqual(OK);
    expect(performance.now() - begun).toBeGreaterThanOrEqual(2_990);
  });

  it.each(['000', '010', '587', '100', '999'])('recharges one ending in %s', async (ending) => {
    const connector = simulator({ latency_ms: 0 });
    expect(await recharge(connector, number(ending))).toEqual(OK);
    expect(await recharge(connector, serial(ending))).toEqual(OK);
  });

  it('takes its latency for every answer', async () => {
    const connector = simulator({ latency_ms: 300 });
    for (const ending of ['001', '009', '587']) {
      const begun = performance.now();
      await recharge(connector, number(ending));
      expect(performance.now() - begun).toBeGreaterThanOrEqual(295);
    }
  });

  it('adds the pause of a scenario to its latency', async () => {
    const begun = performance.now();
    expect(await recharge(simulator({ latency_ms: 500 }), number('006'))).toEqual(OK);
    expect(performance.now() - begun).toBeGreaterThanOrEqual(3_490);
  });

  it('gives up when it is told to', async () => {
    const giveUp = new AbortController();
    const begun = performance.now();
    const answer = recharge(simulator({ latency_ms: 30_000 }), number('587'), giveUp.signal);
    giveUp.abort();
    await expect(answer).rejects.toThrow('aborted');
    expect(performance.now() - begun).toBeLessThan(5_000);
  });

  it('slower than the deadline is an unknown outcome', async () => {
    const outcome = await callSupplier(
      simulator({ latency_ms: 0 }),
      { reference: REFERENCE, line: number('006'), product: PRODUCT, supplier: SUPPLIER },
      100,
      new AbortController().signal,
    );
    expect(outcome).toEqual({ outcome: 'unknown', cause: 'no answer within 100 ms' });
  });
});
