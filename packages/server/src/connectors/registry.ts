import type { SimulatorNumber } from '@opentopup/contract';
import type { Connector } from './connector.ts';
import { ding } from './ding/ding.ts';
import { dtone } from './dtone/dtone.ts';
import { reloadly } from './reloadly/reloadly.ts';
import { NUMBERS } from './simulator/numbers.ts';
import { type SimulatorOptions, simulator } from './simulator/simulator.ts';
import { travelB2B } from './travel-b2b/travel-b2b.ts';

export interface Connectors {
  /** Every name there is. */
  names: readonly string[];
  /** The connector of this name, which a supplier's row gives it. */
  get: (name: string | null) => Connector | undefined;
  /** The one through which the sandbox sells, whatever the supplier. */
  sandbox: Connector;
}

/** What may be provoked there. */
export const SIMULATOR_NUMBERS: readonly SimulatorNumber[] = NUMBERS;

/** Gives every connector there is. */
export function createConnectors(settings: { simulator: SimulatorOptions }): Connectors {
  const simulated = simulator(settings.simulator);
  const byName = new Map<string, Connector>([
    ['simulator', simulated],
    ['travel-b2b', travelB2B()],
    ['dtone', dtone()],
    ['reloadly', reloadly()],
    ['ding', ding()],
  ]);
  const names = [...byName.keys()];
  return { names, get: (name) => (name === null ? undefined : byName.get(name)), sandbox: simulated };
}
