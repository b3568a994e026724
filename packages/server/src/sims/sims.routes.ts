import { type Refusal, type SupplierLight, WIRE_OPERATIONS, wireDate } from '@opentopup/contract';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { distributorOf, worldOf } from '../access/auth.ts';
import type { AppOptions } from '../app-options.ts';
import { listSuppliers } from '../catalogue/suppliers/suppliers.query.ts';
import { answerRefusal } from '../http/answers.ts';
import { serve } from '../http/serve.ts';
import { readGlobalBalances } from './read-global-balances.ts';
import { readSimStatus, readUsage } from './read-sim.ts';
import { balanceSpanOf, simOf } from './sim-parameters.ts';

const answerWith = (request: FastifyRequest, reply: FastifyReply, answer: object | Refusal): FastifyReply =>
  'reason' in answer ? answerRefusal(request, reply, answer) : reply.send(answer);

/** Serves the suppliers of a distributor's offers, and what they tell of their SIMs. */
export async function supplierRoutes(app: FastifyInstance, { ctx, db }: AppOptions): Promise<void> {
  serve(app, WIRE_OPERATIONS.getAvailableSupplierList, async (_, request): Promise<SupplierLight[]> => {
    const suppliers = await listSuppliers(db, distributorOf(request));
    const world = worldOf(request);
    return suppliers.map(({ id, name, status, connector, outage }) => ({
      id,
      name,
      status,
      // The sandbox needs no connector but the simulator.
      connector_status: connector === null && world === 'live' ? 'none' : outage && !outage.ended_at ? 'down' : 'up',
      ...(outage && { last_outage_date: wireDate(new Date(outage.began_at)) }),
    }));
  });

  serve(app, WIRE_OPERATIONS.getSimStatus, async ({ params, query }, request, reply) => {
    const asked = { distributor_id: distributorOf(request), supplier_id: params.id, sim: simOf(query) };
    return answerWith(request, reply, await readSimStatus(ctx, asked));
  });

  serve(app, WIRE_OPERATIONS.getUsageBalance, async ({ params, query }, request, reply) => {
    const asked = { distributor_id: distributorOf(request), supplier_id: params.id, sim: simOf(query) };
    return answerWith(request, reply, await readUsage(ctx, asked));
  });

  serve(app, WIRE_OPERATIONS.getGlobalBalance, async ({ params, query }, request, reply) => {
    const asked = { distributor_id: distributorOf(request), ...balanceSpanOf(query), zone_level: query.zoneLevel };
    return answerWith(request, reply, await readGlobalBalances(ctx, params.id, asked));
  });
}
