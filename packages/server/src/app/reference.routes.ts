import { createHash } from 'node:crypto';
import { brunoCollection, httpFile, openApiDocument, postmanCollection } from '@opentopup/contract';
import Fastify, { type FastifyInstance } from 'fastify';
import type { AppOptions } from '../app-options.ts';
import { compress } from '../http/compress.ts';
import { fail } from '../http/refusal-error.ts';

/** They are large, and a page loads each of them once. */
const PER_NETWORK = { perNetwork: 120 };
const FOR_A_WHILE = 'public, max-age=300';

/** All that the pages need comes from this server, and nothing that is typed into them goes anywhere else. */
const FROM_HERE_ONLY = [
  "default-src 'none'",
  "script-src 'self' 'unsafe-inline'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** Makes something when it is first asked for, and keeps it: most processes are never asked. */
function lazily<T extends object>(make: () => T): () => T {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

/** Creates the pages, in an application of their own. They are 5 MB of script, which take 20 MB of memory. */
async function createPages(): Promise<FastifyInstance> {
  const { default: scalar } = await import('@scalar/fastify-api-reference');
  const pages = Fastify();
  await pages.register(scalar, {
    routePrefix: '/docs',
    configuration: {
      url: '/openapi.json',
      pageTitle: 'OpenTopup API',
      withDefaultFonts: false,
      telemetry: false,
      hideClientButton: true,
      showDeveloperTools: 'never',
      persistAuth: false,
      agent: { disabled: true },
      mcp: { disabled: true },
    },
  });
  return pages;
}

const JSON_TYPE = 'application/json; charset=utf-8';

/** A document that is made from the contract. */
interface Made {
  path: string;
  type: string;
  write: () => string;
}

const COLLECTIONS: readonly Made[] = [
  {
    path: '/collections/opentopup.postman.json',
    type: JSON_TYPE,
    write: () => JSON.stringify(postmanCollection(), null, 2),
  },
  {
    path: '/collections/opentopup.bruno.json',
    type: JSON_TYPE,
    write: () => JSON.stringify(brunoCollection(), null, 2),
  },
  { path: '/collections/opentopup.http', type: 'text/plain; charset=utf-8', write: httpFile },
];

/** Serves a document to everybody, and once to those who keep it. */
function serveMade(app: FastifyInstance, { path, type, write }: Made): void {
  const made = lazily(() => {
    const document = write();
    // Weak: compressed and not, it is the same.
    return { document, etag: `W/"${createHash('sha256').update(document).digest('base64url')}"` };
  });
  app.get(path, { config: PER_NETWORK, onSend: compress }, async (request, reply) => {
    const { document, etag } = made();
    void reply.headers({ 'Cache-Control': FOR_A_WHILE, ETag: etag });
    if (request.headers['if-none-match'] === etag) return reply.code(304).send();
    return reply.type(type).send(document);
  });
}

/**
 * Serves the description of the API, for programs (`/openapi.json`) and for people (`/docs`), and its requests as
 * collections of other programs. All are public.
 */
export async function referenceRoutes(app: FastifyInstance, { version }: AppOptions): Promise<void> {
  serveMade(app, { path: '/openapi.json', type: JSON_TYPE, write: () => JSON.stringify(openApiDocument({ version })) });
  for (const collection of COLLECTIONS) serveMade(app, collection);

  const pages = lazily(createPages);
  for (const path of ['/docs', '/docs/', '/docs/js/scalar.js']) {
    app.get(path, { config: PER_NETWORK, onSend: compress }, async ({ host }, reply) => {
      // The pages look at the address under which they are asked for.
      if (!URL.canParse(`http://${host}`)) fail('invalid_header', { field: 'Host' });
      const page = await (await pages()).inject({ url: path, headers: { host } });
      void reply.headers({ 'Cache-Control': FOR_A_WHILE, 'Content-Security-Policy': FROM_HERE_ONLY });
      for (const name of ['content-type', 'location']) {
        const value = page.headers[name];
        if (value !== undefined) void reply.header(name, value);
      }
      return reply.code(page.statusCode).send(page.rawPayload);
    });
  }
}
