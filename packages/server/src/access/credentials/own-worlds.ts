import type { World } from '@opentopup/contract';
import type { FastifyRequest } from 'fastify';
import type { Query } from '../../database/database.ts';
import { listWorlds } from '../../distributors/distributors.query.ts';
import { fail } from '../../http/refusal-error.ts';
import { distributorOf, hasSession, worldOf } from '../auth.ts';

/**
 * Returns the distributor that calls and, for its people, its sandbox: their worlds, by their ids. A token knows only its
 * own.
 */
export async function ownWorlds(db: Query, request: FastifyRequest): Promise<Map<string, World>> {
  if (!hasSession(request)) return new Map([[distributorOf(request), worldOf(request)]]);
  const worlds = await listWorlds(db, distributorOf(request));
  return new Map(worlds.map(({ id, world }) => [id, world]));
}

/** Returns which of the own worlds is this one. */
export function ownerIn(worlds: Map<string, World>, world: World, request: FastifyRequest): string {
  const [owner] = [...worlds].find(([, each]) => each === world) ?? [];
  const whose = hasSession(request) ? 'account' : 'client';
  return (
    owner ??
    fail('not_found', { detail: `this ${whose} has no ${world} world: use a client of that one, or the console` })
  );
}
