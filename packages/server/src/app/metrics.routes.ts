import type { FastifyInstance } from 'fastify';
import { requireMetricsToken } from '../access/auth.ts';
import type { AppOptions } from '../app-options.ts';

/** `/metrics` in the text format of Prometheus, for whoever has its token or the operator's. */
export async function metricsRoute(app: FastifyInstance, options: AppOptions): Promise<void> {
  app.addHook('onRequest', requireMetricsToken(options));
  app.get('/metrics', async (_, reply) =>
    reply.type('text/plain; version=0.0.4; charset=utf-8').send(await options.readMetrics()),
  );
}
