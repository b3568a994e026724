import { SERVICE_OPERATIONS, WIRE_OPERATIONS } from '@opentopup/contract';
import type { FastifyInstance } from 'fastify';
import { requireMetricsToken } from '../access/auth.ts';
import type { AppOptions } from '../app-options.ts';
import { fail } from '../http/refusal-error.ts';
import { serve } from '../http/serve.ts';

/** Serves `/healthz` (the process runs) and `/readyz` (it can sell), for whoever watches it. */
export async function healthRoutes(app: FastifyInstance, { ping, leaving }: AppOptions): Promise<void> {
  serve(app, SERVICE_OPERATIONS.getHealth, async () => ({ status: 'ok' }));
  serve(app, SERVICE_OPERATIONS.getReadiness, async () => {
    if (leaving.aborted) fail('service_unavailable');
    await ping();
    return { status: 'ready' };
  });
}

/** Serves `GET /live`, on each base of the wire. It needs no token. */
export async function liveRoute(app: FastifyInstance, { version }: AppOptions): Promise<void> {
  serve(app, WIRE_OPERATIONS.isAlive, async () => ({ isAlive: true, version }));
}

/** Serves `/metrics` in the text format of Prometheus, for whoever has its token or the operator's. */
export async function metricsRoute(app: FastifyInstance, options: AppOptions): Promise<void> {
  app.addHook('onRequest', requireMetricsToken(options));
  app.get('/metrics', async (_, reply) =>
    reply.type('text/plain; version=0.0.4; charset=utf-8').send(await options.readMetrics()),
  );
}
