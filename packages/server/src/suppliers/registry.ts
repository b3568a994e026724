import { type SimulatorSettings, simulator } from './simulator/simulator.ts';
import type { Connector } from './supplier.ts';

/** Every connector, by the name that a supplier's row gives it. */
export type Connectors = ReadonlyMap<string, Connector>;

export function createConnectors(settings: { simulator: SimulatorSettings }): Connectors {
  return new Map([['simulator', simulator(settings.simulator)]]);
}
