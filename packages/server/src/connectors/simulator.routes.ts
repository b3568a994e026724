import { DISTRIBUTOR_OPERATIONS } from '@opentopup/contract';
import type { FastifyInstance } from 'fastify';
import { serve } from '../http/serve.ts';
import { SIMULATOR_NUMBERS } from './registry.ts';

/** Serves what integrators may provoke. */
export async function simulatorRoute(app: FastifyInstance): Promise<void> {
  serve(app, DISTRIBUTOR_OPERATIONS.listSimulatorNumbers, async () => SIMULATOR_NUMBERS);
}
