import { createHash } from 'node:crypto';
import {
  brunoCollection,
  httpFile,
  openApiDocument,
  postmanCollection,
  STAFF_LANGUAGES,
  type StaffLanguage,
} from '@opentopup/contract';
import type { FastifyInstance } from 'fastify';
import type { AppOptions } from '../app-options.ts';
import { staffLanguageOf } from '../http/answers.ts';
import { compress } from '../http/compress.ts';
import { type ApiDescription, referencePage } from './reference/reference-page.ts';
import { REFERENCE_STYLE } from './reference/style.ts';

/** They are large, and a page loads each of them once. */
const PER_NETWORK = { perNetwork: 120 };
const FOR_A_WHILE = 'public, max-age=300';

const digestOf = (text: string, encoding: 'base64' | 'base64url'): string =>
  createHash('sha256').update(text).digest(encoding);

/** The page is whole as it stands: nothing is loaded, and no script runs. */
const NOTHING_ELSE = [
  "default-src 'none'",
  `style-src 'sha256-${digestOf(REFERENCE_STYLE, 'base64')}'`,
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
    return { document, etag: `W/"${digestOf(document, 'base64url')}"` };
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

  const pageIn = (language: StaffLanguage) => () => ({
    html: referencePage(openApiDocument({ version }) as unknown as ApiDescription, language),
  });
  const pages = { en: lazily(pageIn('en')), fr: lazily(pageIn('fr')) } satisfies Record<StaffLanguage, unknown>;
  for (const path of ['/docs', '/docs/']) {
    app.get(path, { config: PER_NETWORK, onSend: compress }, async (request, reply) => {
      const { language: asked } = request.query as { language?: unknown };
      const language = STAFF_LANGUAGES.find((each) => each === asked) ?? staffLanguageOf(request);
      void reply.headers({
        // In the language of whoever asks.
        'Cache-Control': 'private, max-age=300',
        'Content-Language': language,
        'Content-Security-Policy': NOTHING_ELSE,
      });
      return reply.type('text/html; charset=utf-8').send(pages[language]().html);
    });
  }
}
