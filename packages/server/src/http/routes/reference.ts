import { createHash } from 'node:crypto';
import { openApiDocument } from '@opentopup/contract';
import scalar from '@scalar/fastify-api-reference';
import type { FastifyInstance } from 'fastify';
import type { AppOptions } from '../app.ts';
import { fail } from '../refusal-error.ts';

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

/** The description of the API, for programs (`/openapi.json`) and for people (`/docs`). Both are public. */
export async function referenceRoutes(app: FastifyInstance, { version }: AppOptions): Promise<void> {
  const document = JSON.stringify(openApiDocument({ version }));
  const etag = `"${createHash('sha256').update(document).digest('base64url')}"`;
  app.get('/openapi.json', async (request, reply) => {
    void reply.headers({ 'Cache-Control': FOR_A_WHILE, ETag: etag });
    if (request.headers['if-none-match'] === etag) return reply.code(304).send();
    return reply.type('application/json; charset=utf-8').send(document);
  });

  await app.register(async (pages) => {
    pages.addHook('onRequest', async (request, reply) => {
      // The pages look at the address under which they are asked for.
      if (!URL.canParse(`http://${request.host}`)) fail('invalid_header', { field: 'Host' });
      void reply.headers({ 'Cache-Control': FOR_A_WHILE, 'Content-Security-Policy': FROM_HERE_ONLY });
    });
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
  });
}
