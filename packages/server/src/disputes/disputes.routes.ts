import { DISTRIBUTOR_OPERATIONS, OPERATOR_OPERATIONS } from '@opentopup/contract';
import type { FastifyInstance } from 'fastify';
import { actorOf, distributorOf } from '../access/auth.ts';
import type { AppOptions } from '../app-options.ts';
import { fail, orFail } from '../http/refusal-error.ts';
import { serve } from '../http/serve.ts';
import { pageLanguageOf } from '../proofs/proofs.routes.ts';
import { PUBLIC_PAGE_HEADERS } from '../proofs/public-page.ts';
import { signDocument } from '../signing/sign.ts';
import { listDisputeLinks } from './dispute-links.query.ts';
import { createDisputeLink, openDisputeLink, revokeDisputeLink } from './dispute-links.ts';
import { closedPage, disputePage } from './dispute-page.ts';
import { wireDisputeLink } from './disputes.wire.ts';
import { tellStory } from './tell-story.ts';

/** So often a story is told in a minute to one network: it reads the ledger. */
const PER_NETWORK = { perNetwork: 30 };

/** Serves the links of a distributor to the stories of its sales. */
export async function ownDisputeRoutes(app: FastifyInstance, { ctx, db }: AppOptions): Promise<void> {
  serve(app, DISTRIBUTOR_OPERATIONS.createOwnDisputeLink, async ({ params, body }, request, reply) => {
    const maker = { actor: actorOf(request), distributor_id: distributorOf(request) };
    const { link, url } = orFail(await createDisputeLink(ctx, params.id, body, maker));
    return reply.code(201).send({ ...wireDisputeLink(link), url });
  });

  serve(app, DISTRIBUTOR_OPERATIONS.listOwnDisputeLinks, async ({ params, query }, request) =>
    (await listDisputeLinks(db, params.id, distributorOf(request), query)).map(wireDisputeLink),
  );

  serve(app, DISTRIBUTOR_OPERATIONS.revokeOwnDisputeLink, async ({ params }, request) => {
    const maker = { actor: actorOf(request), distributor_id: distributorOf(request) };
    return wireDisputeLink(orFail(await revokeDisputeLink(ctx, params.id, maker)));
  });
}

/** Serves the links of the operator, and all others. */
export async function disputeRoutes(app: FastifyInstance, { ctx, db }: AppOptions): Promise<void> {
  serve(app, OPERATOR_OPERATIONS.createDisputeLink, async ({ params, body }, request, reply) => {
    const maker = { actor: actorOf(request), distributor_id: null };
    const { link, url } = orFail(await createDisputeLink(ctx, params.id, body, maker));
    return reply.code(201).send({ ...wireDisputeLink(link), url });
  });

  serve(app, OPERATOR_OPERATIONS.listDisputeLinks, async ({ params, query }) =>
    (await listDisputeLinks(db, params.id, null, query)).map(wireDisputeLink),
  );

  serve(app, OPERATOR_OPERATIONS.revokeDisputeLink, async ({ params }, request) =>
    wireDisputeLink(orFail(await revokeDisputeLink(ctx, params.id, { actor: actorOf(request), distributor_id: null }))),
  );
}

/** Serves what is behind a link, to whoever has it: the page, and the signed file. */
export async function openLinkRoutes(app: FastifyInstance, { ctx }: AppOptions): Promise<void> {
  type Opening = { Params: { token: string } };
  app.get<Opening>('/d/:token', { config: PER_NETWORK }, async (request, reply) => {
    const { token } = request.params;
    const language = pageLanguageOf(request);
    const link = await openDisputeLink(ctx, token);
    if (!link) return reply.code(404).headers(PUBLIC_PAGE_HEADERS).send(closedPage(language));
    const story = await tellStory(ctx, link, language);
    return reply.headers(PUBLIC_PAGE_HEADERS).send(disputePage(story, language, `${token}/file`));
  });

  app.get<Opening>('/d/:token/file', { config: PER_NETWORK }, async (request, reply) => {
    const link = await openDisputeLink(ctx, request.params.token);
    if (!link) return fail('not_found', { detail: 'this link does not count any more' });
    const signed = orFail(await signDocument(ctx, await tellStory(ctx, link, 'en')));
    void reply.header('Content-Disposition', `attachment; filename="sale-${link.transaction_id}.json"`);
    return reply.type('application/json; charset=utf-8').send(JSON.stringify(signed, null, 2));
  });
}
