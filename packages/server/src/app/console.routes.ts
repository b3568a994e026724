import { createReadStream, existsSync } from 'node:fs';
import { join } from 'node:path';
import files from '@fastify/static';
import { CONSOLE_PATHS } from '@opentopup/contract';
import type { FastifyInstance, FastifyReply } from 'fastify';
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

/** What a browser asks for by name, to install the console and to open it without a network. */
const INSTALLABLE = ['service-worker.js', 'manifest.webmanifest'];

const pageIn = (folder: string): string => join(folder, 'index.html');

/** Shows somebody who looks for a page that there is none there, on a page. */
export const showNoSuchPage = (reply: FastifyReply, folder: string): FastifyReply =>
  reply
    .code(404)
    .headers(PAGE)
    .type('text/html; charset=utf-8')
    .send(createReadStream(pageIn(folder)));

/** Tells whether there is a console in the folder. */
export const hasConsole = (folder: string | null): folder is string => folder !== null && existsSync(pageIn(folder));

/**
 * Serves the console: one page for all of its paths, and what that loads. The names of those files tell their content.
 */
export async function consoleRoutes(app: FastifyInstance, { consoleFolder }: AppOptions): Promise<void> {
  if (consoleFolder === null) return;
  if (!hasConsole(consoleFolder)) {
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
  for (const name of INSTALLABLE) {
    app.get(`/${name}`, (_request, reply) =>
      reply.headers(PAGE).sendFile(name, consoleFolder, { cacheControl: false }),
    );
  }
}
