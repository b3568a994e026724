import { DISTRIBUTOR_OPERATIONS } from '@opentopup/contract';
import type { FastifyInstance } from 'fastify';
import { listSimulatorNumbers } from '../../flows/list-simulator-numbers.ts';
import { serve } from '../serve.ts';

/** What integrators may provoke. */
export async function simulatorRoute(app: FastifyInstance): Promise<void> {
  serve(app, DISTRIBUTOR_OPERATIONS.listSimulatorNumbers, async () => listSimulatorNumbers());
}
