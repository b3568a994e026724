import {
  DISTRIBUTOR_OPERATIONS,
  type NewCredential,
  type NewOwnCredential,
  OPERATOR_OPERATIONS,
  type World,
} from '@opentopup/contract';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { AppOptions } from '../../app-options.ts';
import { findDistributorDetail } from '../../distributors/distributors.query.ts';
import { fail, orFail } from '../../http/refusal-error.ts';
import { serve } from '../../http/serve.ts';
import { actorOf, hasSession, rateOf, worldOf } from '../auth.ts';
import { listCredentials } from './credentials.query.ts';
import {
  type CredentialWithSecret,
  changeCredential,
  createCredential,
  createOwnCredential,
  revokeCredential,
  rotateCredential,
} from './credentials.ts';
import { wireCredential } from './credentials.wire.ts';
import { ownerIn, ownWorlds } from './own-worlds.ts';

/** Answers with a secret; the one time that it is told. */
function answerSecret(reply: FastifyReply, { credential, client_secret }: CredentialWithSecret): FastifyReply {
  const body: NewCredential = { ...wireCredential(credential), client_secret };
  return reply.code(201).send(body);
}

/** Serves the clients of distributors, for the operator. */
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

/** Serves the clients of a distributor, which it looks after itself; of a live one, those of its sandbox too. */
export async function ownCredentialRoutes(app: FastifyInstance, { ctx, db }: AppOptions): Promise<void> {
  const worldsOf = (request: FastifyRequest) => ownWorlds(db, request);
  const withWorld = <C extends { distributor_id: string }>(
    row: C,
    worlds: Map<string, World>,
  ): C & { world: World } => ({
    ...row,
    world: worlds.get(row.distributor_id) ?? 'live',
  });
  const answerOwnSecret = (
    reply: FastifyReply,
    { credential, client_secret }: CredentialWithSecret,
    worlds: Map<string, World>,
  ): FastifyReply => {
    const body: NewOwnCredential = { ...withWorld(wireCredential(credential), worlds), client_secret };
    return reply.code(201).send(body);
  };

  serve(app, DISTRIBUTOR_OPERATIONS.listOwnCredentials, async ({ query }, request) => {
    const worlds = await worldsOf(request);
    const rows = await listCredentials(db, [...worlds.keys()], query);
    return rows.map((row) => withWorld(wireCredential(row), worlds));
  });

  serve(app, DISTRIBUTOR_OPERATIONS.createOwnCredential, async ({ body }, request, reply) => {
    const { name, world = worldOf(request) } = body;
    const worlds = await worldsOf(request);
    const owner = ownerIn(worlds, world, request);
    const most = hasSession(request) ? Number.POSITIVE_INFINITY : rateOf(request);
    const wanted = { name, owners: [...worlds.keys()], most };
    return answerOwnSecret(reply, orFail(await createOwnCredential(ctx, owner, wanted, actorOf(request))), worlds);
  });

  serve(app, DISTRIBUTOR_OPERATIONS.rotateOwnCredential, async ({ params, body }, request, reply) => {
    const worlds = await worldsOf(request);
    const owners = [...worlds.keys()];
    const rotated = await rotateCredential(ctx, params.client_id, body, owners, actorOf(request));
    return answerOwnSecret(reply, orFail(rotated), worlds);
  });

  serve(app, DISTRIBUTOR_OPERATIONS.revokeOwnCredential, async ({ params }, request) => {
    const worlds = await worldsOf(request);
    const revoked = await revokeCredential(ctx, params.client_id, [...worlds.keys()], actorOf(request));
    return withWorld(wireCredential(orFail(revoked)), worlds);
  });
}
