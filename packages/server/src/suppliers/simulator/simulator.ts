import { setTimeout as sleep } from 'node:timers/promises';
import { lineDigits } from '../../domain/line.ts';
import type { Connector, Outcome } from '../supplier.ts';

export interface SimulatorSettings {
  /** How long each answer takes, in milliseconds. */
  latency_ms: number;
}

interface Scenario {
  /** Added to the latency. */
  pause_ms?: number;
  outcome: Outcome;
}

const no = (reason: Extract<Outcome, { outcome: 'ko' }>['reason'], message: string): Scenario => ({
  outcome: { outcome: 'ko', reason, message },
});
const silence = (cause: string): Scenario => ({ outcome: { outcome: 'unknown', cause } });

/** What happens, by the last three digits of the number or serial. Anything else succeeds at once. */
export const SCENARIOS: Readonly<Record<string, Scenario>> = {
  '001': no('line_unknown', 'line unknown'),
  '002': no('line_barred', 'line barred'),
  '003': no('recently_recharged', 'line recently recharged'),
  '004': no('limit_exceeded', 'recharge limit exceeded'),
  '005': no('supplier_unavailable', 'supplier unavailable'),
  '006': { pause_ms: 3_000, outcome: { outcome: 'ok' } },
  // Alike for whoever waits for the answer; only asking again later tells them apart.
  '007': silence('no answer (delivered)'),
  '008': silence('no answer (not delivered)'),
  '009': silence('no answer (no proof either way)'),
};

/** A supplier without a network: the outcome depends on the number alone. */
export function simulator({ latency_ms }: SimulatorSettings): Connector {
  return {
    async recharge({ line, reference }, signal) {
      const scenario = SCENARIOS[lineDigits(line).slice(-3)];
      const pause_ms = latency_ms + (scenario?.pause_ms ?? 0);
      if (pause_ms > 0) await sleep(pause_ms, undefined, { signal });
      if (scenario && scenario.outcome.outcome !== 'ok') return scenario.outcome;
      return { outcome: 'ok', supplier_reference: `sim-${reference}` };
    },
  };
}
