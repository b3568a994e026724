import { existsSync } from 'node:fs';
import { join } from 'node:path';
import files from '@fastify/static';
import { CONSOLE_PATHS } from '@opentopup/contract';
import type { FastifyInstance } from 'fastify';
import type { AppOptions } from '../app-options.ts';

/** Scripts, styles and data come from this server alone, and nothing is written into the page itself. */
const FROM_HERE_ONLY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

const PAGE = {
  'Content-Security-Policy': FROM_HERE_ONLY,
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
};

/**
 * Serves the console: one page for all of its paths, and what that loads. The names of those files tell their content.
 */
export async function consoleRoutes(app: FastifyInstance, { consoleFolder }: AppOptions): Promise<void> {
  if (consoleFolder === null) return;
  if (!existsSync(join(consoleFolder, 'index.html'))) {
    app.log.warn('the console is not built, so that no page is served: npm run build:program');
    return;
  }
  await app.register(files, {
    root: join(consoleFolder, 'assets'),
    prefix: '/assets/',
    immutable: true,
    maxAge: '1y',
    preCompressed: true,
    // A route for each file: what else is asked for there is answered as everywhere.
    wildcard: false,
    setHeaders: (reply) => void reply.header('X-Content-Type-Options', 'nosniff'),
  });
  for (const path of CONSOLE_PATHS) {
    for (const url of path === '/' ? [path] : [path, `${path}/*`]) {
      app.get(url, (_request, reply) =>
        reply.headers(PAGE).sendFile('index.html', consoleFolder, { cacheControl: false }),
      );
    }
  }
}
