import type { SimulatorNumber } from '@opentopup/contract';
import { SIMULATOR_NUMBERS } from './registry.ts';

/** The endings with which the simulator does something special. */
export const listSimulatorNumbers = (): readonly SimulatorNumber[] => SIMULATOR_NUMBERS;
