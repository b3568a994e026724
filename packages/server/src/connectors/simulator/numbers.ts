import type { SimulatorNumber } from '@opentopup/contract';
import { SIM_ENDINGS } from './life.ts';
import { SCENARIOS, type Scenario } from './scenarios.ts';

function numberOf(ending: string): SimulatorNumber {
  const scenario = SCENARIOS[ending];
  const sim = SIM_ENDINGS[ending];
  return { ending, ...(scenario && { order: orderOf(scenario) }), ...(sim && { sim }) };
}

function orderOf({ what, outcome }: Scenario): NonNullable<SimulatorNumber['order']> {
  if (outcome.outcome === 'ko') return { description: what, status: 'ko', reason: outcome.reason };
  return { description: what, status: outcome.outcome === 'ok' ? 'ok' : 'pending' };
}

/** Every ending with which something special happens. */
export const NUMBERS: readonly SimulatorNumber[] = [
  ...new Set([...Object.keys(SCENARIOS), ...Object.keys(SIM_ENDINGS)]),
]
  .toSorted()
  .map(numberOf);
