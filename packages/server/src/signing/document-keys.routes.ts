import { OPERATOR_OPERATIONS, SERVICE_OPERATIONS } from '@opentopup/contract';
import type { FastifyInstance } from 'fastify';
import { actorOf } from '../access/auth.ts';
import type { AppOptions } from '../app-options.ts';
import { orFail } from '../http/refusal-error.ts';
import { serve } from '../http/serve.ts';
import { listDocumentKeys } from './document-keys.query.ts';
import { rotateDocumentKey } from './document-keys.ts';
import { publicKeyOf, wireDocumentKey } from './document-keys.wire.ts';

/** So many keys are published; nobody rotates that often. */
const ALL = { offset: 0, limit: 10_000 };

/** Serves the public keys, for whoever checks a document. */
export async function publishedKeyRoute(app: FastifyInstance, { db }: AppOptions): Promise<void> {
  serve(app, SERVICE_OPERATIONS.getDocumentKeys, async () => ({
    keys: (await listDocumentKeys(db, ALL)).map(publicKeyOf),
  }));
}

/** Serves the operator's keys that sign documents. */
export async function documentKeyRoutes(app: FastifyInstance, { ctx, db }: AppOptions): Promise<void> {
  serve(app, OPERATOR_OPERATIONS.listDocumentKeys, async ({ query }) =>
    (await listDocumentKeys(db, query)).map(wireDocumentKey),
  );

  serve(app, OPERATOR_OPERATIONS.rotateDocumentKey, async (_, request, reply) =>
    reply.code(201).send(wireDocumentKey(orFail(await rotateDocumentKey(ctx, actorOf(request))))),
  );
}
