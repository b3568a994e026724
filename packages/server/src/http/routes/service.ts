import { HEALTH_ROUTE, HealthAnswer, LiveAnswer, READY_ROUTE, ROUTES } from '@opentopup/contract';
import type { FastifyInstance } from 'fastify';
import { ping } from '../../store/queries/ping.ts';
import type { AppOptions } from '../app.ts';

/** `/healthz` (the process runs) and `/readyz` (it can sell), for whoever watches it. */
export async function healthRoutes(app: FastifyInstance, { db }: AppOptions): Promise<void> {
  const schema = { response: { 200: HealthAnswer } };
  app.get(HEALTH_ROUTE, { schema }, async () => ({ status: 'ok' }));
  app.get(READY_ROUTE, { schema }, async () => {
    await ping(db);
    return { status: 'ready' };
  });
}

/** `GET /live`, on each base of the wire. Needs no token. */
export async function liveRoute(app: FastifyInstance, { version }: AppOptions): Promise<void> {
  app.get(ROUTES.live, { schema: { response: { 200: LiveAnswer } } }, async () => ({ isAlive: true, version }));
}
