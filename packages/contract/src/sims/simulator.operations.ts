import { READERS } from '../access/role-groups.ts';
import { operation } from '../operation.ts';
import { list, ofDistributor } from '../operation-parts.ts';
import { SimulatorNumber } from './simulator.ts';

/** Operations that tell how the simulated suppliers treat certain numbers and SIMs. */
export const SIMULATOR_OPERATIONS = {
  listSimulatorNumbers: operation({
    id: 'listSimulatorNumbers',
    method: 'GET',
    path: '/v1/simulator/numbers',
    tag: 'Simulator',
    summary: 'The numbers and SIMs with which the simulator does something special',
    ...ofDistributor,
    roles: READERS,
    answers: list('All of them, by ending', SimulatorNumber),
  }),
} as const;
