import { DISTRIBUTOR_OPERATIONS } from '@opentopup/contract';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { ownWorlds } from '../access/credentials/own-worlds.ts';
import type { AppOptions } from '../app-options.ts';
import { fail } from '../http/refusal-error.ts';
import { serve } from '../http/serve.ts';
import { findLoggedRequest, groupRefusals, listLoggedRequests } from './requests.query.ts';
import { wireLoggedRequest, wireRefusalGroup } from './requests.wire.ts';

/** Serves what the clients of a distributor asked, and were answered. */
export async function requestRoutes(app: FastifyInstance, { db }: AppOptions): Promise<void> {
  const ownersOf = async (request: FastifyRequest): Promise<string[]> => [...(await ownWorlds(db, request)).keys()];

  serve(app, DISTRIBUTOR_OPERATIONS.listRequests, async ({ query }, request) =>
    (await listLoggedRequests(db.reads, await ownersOf(request), query)).map(wireLoggedRequest),
  );

  serve(app, DISTRIBUTOR_OPERATIONS.getRequest, async ({ params }, request) => {
    const found = await findLoggedRequest(db.reads, await ownersOf(request), params.id);
    return wireLoggedRequest(found ?? fail('not_found', { detail: `request ${params.id} not found` }));
  });

  serve(app, DISTRIBUTOR_OPERATIONS.listRefusalGroups, async ({ query }, request) =>
    (await groupRefusals(db.reads, await ownersOf(request), query)).map(wireRefusalGroup),
  );
}
