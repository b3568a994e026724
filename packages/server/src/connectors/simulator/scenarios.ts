import { lineDigits } from '../../values/line.ts';
import type { Found, Outcome, Recharge } from '../connector.ts';
import type { PlannedCallback } from './callbacks.ts';
import { fraction } from './noise.ts';
import type { SimulatorSettings } from './settings.ts';

export interface Scenario {
  /** For people. */
  what: string;
  /** Added to the latency, in milliseconds. */
  pause_ms?: number;
  outcome: Outcome;
  /** What asking again later finds, where it is not the same. */
  later?: Found;
  /** What the supplier tells on its own afterwards. */
  callbacks?: readonly PlannedCallback[];
}

const no = (reason: Extract<Outcome, { outcome: 'ko' }>['reason'], message: string, what: string): Scenario => ({
  what,
  outcome: { outcome: 'ko', reason, message },
});
const silence = (cause: string, what: string, later?: Found): Scenario => ({
  what,
  outcome: { outcome: 'unknown', cause },
  ...(later && { later }),
});

const UNAVAILABLE = no('supplier_unavailable', 'supplier unavailable', 'the supplier is out of order');
// Alike for whoever waits for the answer; only asking again later tells them apart.
const DELIVERED = silence('no answer (delivered)', 'no answer, though it was delivered', { outcome: 'ok' });
const NOT_DELIVERED = silence('no answer (not delivered)', 'no answer, and it was not delivered', {
  outcome: 'not_found',
});
/** What most orders come to. */
export const SUCCESS: Scenario = { what: 'success', outcome: { outcome: 'ok' } };

const BARRED: Outcome = { outcome: 'ko', reason: 'line_barred', message: 'line barred' };
const CALLBACK_AFTER_MS = 2_000;

/** What happens, by the last three digits of the number or serial. Anything else succeeds at once. */
export const SCENARIOS: Readonly<Record<string, Scenario>> = {
  '001': no('line_unknown', 'line unknown', 'the supplier does not know the line'),
  '002': no('line_barred', 'line barred', 'the line is barred'),
  '003': no('recently_recharged', 'line recently recharged', 'the line was recharged a moment ago'),
  '004': no('limit_exceeded', 'recharge limit exceeded', "the line's recharge limit is reached"),
  '005': UNAVAILABLE,
  '006': { what: 'success, after 3 seconds', pause_ms: 3_000, outcome: { outcome: 'ok' } },
  '007': DELIVERED,
  '008': NOT_DELIVERED,
  '009': silence('no answer (no proof either way)', 'no answer, and no proof either way'),
  '010': {
    ...silence('no answer (a callback follows)', 'no answer; after 2 seconds the supplier calls back: delivered'),
    callbacks: [{ after_ms: CALLBACK_AFTER_MS, outcome: { outcome: 'ok' } }],
  },
  '011': {
    ...silence(
      'no answer (a callback follows)',
      'no answer; after 2 seconds the supplier calls back: the line is barred',
    ),
    callbacks: [{ after_ms: CALLBACK_AFTER_MS, outcome: BARRED }],
  },
  '012': {
    ...SUCCESS,
    what: 'success, and the supplier calls back twice',
    callbacks: [
      { after_ms: CALLBACK_AFTER_MS, outcome: { outcome: 'ok' } },
      { after_ms: CALLBACK_AFTER_MS, outcome: { outcome: 'ok' } },
    ],
  },
  '013': {
    ...SUCCESS,
    what: 'success, and then the supplier calls back that it was not delivered: the sale stands, an alert is raised',
    callbacks: [{ after_ms: CALLBACK_AFTER_MS, outcome: BARRED }],
  },
  '014': {
    ...SUCCESS,
    what: 'success, and then the supplier calls back that there is news; asked, it says that it was not delivered: an alert is raised',
    later: BARRED,
    callbacks: [{ after_ms: CALLBACK_AFTER_MS, outcome: null }],
  },
};

/**
 * Tells what happens to a recharge: by its line, else by the supplier's rates. The same for the same reference and
 * settings.
 */
export function scenarioOf({ line, reference }: Recharge, settings: SimulatorSettings): Scenario {
  const written = line && SCENARIOS[lineDigits(line).slice(-3)];
  if (written) return written;
  const { failure_rate = 0, silence_rate = 0 } = settings;
  if (failure_rate + silence_rate === 0) return SUCCESS;
  const chance = fraction(reference, 'fate');
  if (chance < failure_rate) return UNAVAILABLE;
  if (chance >= failure_rate + silence_rate) return SUCCESS;
  return fraction(reference, 'delivery') < 0.5 ? DELIVERED : NOT_DELIVERED;
}
