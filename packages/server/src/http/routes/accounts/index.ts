import type { FastifyInstance } from 'fastify';
import type { AppOptions } from '../../app-options.ts';
import { guard, requireSession } from '../../auth.ts';
import { factorRoutes } from './factor.ts';
import { linkRoutes } from './links.ts';
import { sessionRoutes } from './sessions.ts';
import { signInRoute } from './sign-in.ts';

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
