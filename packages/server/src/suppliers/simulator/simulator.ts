import { setTimeout as sleep } from 'node:timers/promises';
import { lineDigits } from '../../domain/line.ts';
import type { Connector, Found, Outcome, Recharge } from '../supplier.ts';

interface Scenario {
  /** Added to the latency, in milliseconds. */
  pause_ms?: number;
  outcome: Outcome;
  /** What asking again later finds, where it is not the same. */
  later?: Found;
}

const no = (reason: Extract<Outcome, { outcome: 'ko' }>['reason'], message: string): Scenario => ({
  outcome: { outcome: 'ko', reason, message },
});
const silence = (cause: string, later?: Found): Scenario => ({
  outcome: { outcome: 'unknown', cause },
  ...(later && { later }),
});

/** What happens, by the last three digits of the number or serial. Anything else succeeds at once. */
export const SCENARIOS: Readonly<Record<string, Scenario>> = {
  '001': no('line_unknown', 'line unknown'),
  '002': no('line_barred', 'line barred'),
  '003': no('recently_recharged', 'line recently recharged'),
  '004': no('limit_exceeded', 'recharge limit exceeded'),
  '005': no('supplier_unavailable', 'supplier unavailable'),
  '006': { pause_ms: 3_000, outcome: { outcome: 'ok' } },
  // Alike for whoever waits for the answer; only asking again later tells them apart.
  '007': silence('no answer (delivered)', { outcome: 'ok' }),
  '008': silence('no answer (not delivered)', { outcome: 'not_found' }),
  '009': silence('no answer (no proof either way)'),
};
const SUCCESS: Scenario = { outcome: { outcome: 'ok' } };

const scenarioOf = ({ line }: Recharge): Scenario => (line && SCENARIOS[lineDigits(line).slice(-3)]) ?? SUCCESS;

/** An ok carries the supplier's own reference. */
function told<F extends Found>(found: F, { reference }: Recharge): F | Outcome {
  return found.outcome === 'ok' ? { outcome: 'ok', supplier_reference: `sim-${reference}` } : found;
}

/** A supplier without a network: the outcome depends on the number alone. */
export function simulator({ latency_ms }: { latency_ms: number }): Connector {
  return {
    async recharge(recharge, signal) {
      const { pause_ms = 0, outcome } = scenarioOf(recharge);
      if (latency_ms + pause_ms > 0) await sleep(latency_ms + pause_ms, undefined, { signal });
      return told(outcome, recharge);
    },
    async lookup(recharge) {
      const { outcome, later = outcome } = scenarioOf(recharge);
      return told(later, recharge);
    },
    lookup_conclusive_after_s: 2,
  };
}
