import { type NewCredential, OPERATOR_OPERATIONS } from '@opentopup/contract';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { AppOptions } from '../../app-options.ts';
import { findDistributorDetail } from '../../distributors/distributor-details.query.ts';
import { fail, orFail } from '../../http/refusal-error.ts';
import { serve } from '../../http/serve.ts';
import { actorOf } from '../auth.ts';
import { changeCredential } from './change-credential.ts';
import { type CredentialWithSecret, createCredential } from './create-credential.ts';
import { listCredentials } from './credentials.query.ts';
import { wireCredential } from './credentials.wire.ts';
import { revokeCredential } from './revoke-credential.ts';
import { rotateCredential } from './rotate-credential.ts';

/** The one answer that holds a secret. */
function answerSecret(reply: FastifyReply, { credential, client_secret }: CredentialWithSecret): FastifyReply {
  const body: NewCredential = { ...wireCredential(credential), client_secret };
  return reply.code(201).send(body);
}

/** The clients of distributors. */
export async function credentialRoutes(app: FastifyInstance, { ctx, db }: AppOptions): Promise<void> {
  serve(app, OPERATOR_OPERATIONS.listCredentials, async ({ params, query }) => {
    if (!(await findDistributorDetail(db, params.id)))
      fail('not_found', { detail: `distributor ${params.id} not found` });
    return (await listCredentials(db, [params.id], query)).map(wireCredential);
  });

  serve(app, OPERATOR_OPERATIONS.createCredential, async ({ params, body }, request, reply) =>
    answerSecret(reply, orFail(await createCredential(ctx, params.id, body, actorOf(request)))),
  );

  serve(app, OPERATOR_OPERATIONS.changeCredential, async ({ params, body }, request) =>
    wireCredential(orFail(await changeCredential(ctx, params.client_id, body, actorOf(request)))),
  );

  serve(app, OPERATOR_OPERATIONS.rotateCredential, async ({ params, body }, request, reply) =>
    answerSecret(reply, orFail(await rotateCredential(ctx, params.client_id, body, null, actorOf(request)))),
  );

  serve(app, OPERATOR_OPERATIONS.revokeCredential, async ({ params }, request) =>
    wireCredential(orFail(await revokeCredential(ctx, params.client_id, null, actorOf(request)))),
  );
}
