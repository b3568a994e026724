import type { FastifyInstance } from 'fastify';
import type { AppOptions } from '../app-options.ts';
import { linkRoutes } from './accounts/links.routes.ts';
import { guard, requireSession } from './auth.ts';
import { factorRoutes } from './sessions/second-factor.routes.ts';
import { sessionRoutes } from './sessions/sessions.routes.ts';
import { signInRoute } from './sessions/sign-in.routes.ts';

/** What people do with their own account. */
export async function accountRoutes(app: FastifyInstance, options: AppOptions): Promise<void> {
  await app.register(signInRoute, options);
  await app.register(linkRoutes, options);
  await app.register(async (own) => {
    guard(own, requireSession(options));
    await own.register(sessionRoutes, options);
    await own.register(factorRoutes, options);
  });
}
