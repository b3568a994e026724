import { isUuid } from '@opentopup/contract';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Context } from '../context.ts';
import { lineShape, maskedBody } from './masked-body.rules.ts';
import { insertRequests, type KeptRequest } from './requests.store.ts';

/** How many wait at most to be written down; what comes beyond that is lost, and costs nothing. */
const ANSWERED_AT_ONCE = 250;
const REFUSED_AT_ONCE = 1_000;

/** What was put in first, as much as there is room for. */
export function createTray<T>(room: number): {
  put: (make: () => T) => void;
  take: () => { taken: T[]; lost: number };
} {
  let entries: T[] = [];
  let lost = 0;
  return {
    put: (make) => {
      if (entries.length < room) entries.push(make());
      else lost += 1;
    },
    take: () => {
      const given = { taken: entries, lost };
      entries = [];
      lost = 0;
      return given;
    },
  };
}

/** A request as it is put aside: what is asked of it later is not worked out now. */
type Noted = Omit<KeptRequest, 'path'> & { params: unknown };

/** What the clients of distributors ask, on its way to the database. No request waits for it. */
export interface RequestLog {
  /** Puts a request aside that was answered. */
  note: (request: FastifyRequest, reply: FastifyReply) => void;
  /** Writes down what was put aside; returns how many found no room. */
  write: (ctx: Pick<Context, 'store'>) => Promise<number>;
}

/** Writes the path that was asked for: of its parameters only ids, for others may be somebody's. */
const pathOf = ({ route, params }: Noted): string =>
  route.replaceAll(/\{(\w+)\}/g, (whole, name: string) => {
    const value = (params as Record<string, string> | null)?.[name];
    return isUuid(value) ? value : whole;
  });

const keptOf = ({ params, ...noted }: Noted): KeptRequest => ({ ...noted, path: pathOf({ params, ...noted }) });

/** @param now the clock */
export function createRequestLog(now: () => Date): RequestLog {
  const answered = createTray<Noted>(ANSWERED_AT_ONCE);
  const refused = createTray<Noted>(REFUSED_AT_ONCE);
  return {
    note: (request, reply) => {
      const { caller, refusedBecause: reason } = request;
      if (!caller?.client_id || !caller.distributor) return;
      const isRefused = reason !== null;
      const { client_id, distributor } = caller;
      (isRefused ? refused : answered).put(() => ({
        id: request.id,
        distributor_id: distributor.id,
        client_id,
        at: now(),
        method: request.method,
        route: (request.routeOptions.url ?? '').replaceAll(/:(\w+)/g, '{$1}'),
        params: request.params,
        status: reply.statusCode,
        duration_ms: Math.round(reply.elapsedTime),
        reason,
        field: request.refusedField,
        transaction_id: request.transactionId,
        chaos: request.chaos?.effect ?? null,
        ...(isRefused && { body: maskedBody(request.body), ...lineShape(request.body) }),
      }));
    },
    write: async ({ store }) => {
      const parts = [answered.take(), refused.take()];
      const taken = parts.flatMap((part) => part.taken);
      if (taken.length > 0) await insertRequests(store.db, taken.map(keptOf));
      return parts.reduce((sum, { lost }) => sum + lost, 0);
    },
  };
}
