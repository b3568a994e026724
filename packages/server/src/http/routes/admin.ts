import { ADMIN_GRANTS_ROUTE, GrantAnswer, GrantCreation, wireDate } from '@opentopup/contract';
import type { FastifyInstance } from 'fastify';
import { Compile } from 'typebox/compile';
import { grantUnits } from '../../flows/grant-units.ts';
import { answerRefusal } from '../answers.ts';
import type { AppOptions } from '../app.ts';
import { requireAdmin } from '../auth.ts';
import { pathId } from '../parameters.ts';
import { fail } from '../refusal-error.ts';

const grantCreation = Compile(GrantCreation);

function grantOf(body: unknown): GrantCreation {
  if (grantCreation.Check(body)) return body;
  const [error] = grantCreation.Errors(body);
  const params = error?.params as { requiredProperties?: string[]; additionalProperties?: string[] } | undefined;
  const missing = params?.requiredProperties?.[0];
  if (missing !== undefined) fail('missing_body_field', { field: missing });
  const field = params?.additionalProperties?.[0] ?? error?.instancePath.slice(1);
  if (!field) fail('invalid_body', { detail: 'a JSON object is needed' });
  fail('invalid_body_field', { field, detail: error?.message ?? '' });
}

/** What the operator does. */
export async function adminRoutes(app: FastifyInstance, { flow, adminToken }: AppOptions): Promise<void> {
  app.addHook('onRequest', requireAdmin(adminToken));

  const response = { 200: GrantAnswer, 201: GrantAnswer };
  app.post(ADMIN_GRANTS_ROUTE, { schema: { response } }, async (request, reply) => {
    const result = await grantUnits(flow, pathId(request.params), grantOf(request.body));
    if ('reason' in result) return answerRefusal(request, reply, result);
    const { at, ...grant } = result.grant;
    return reply.code(result.booked ? 201 : 200).send({ ...grant, creation_date: wireDate(at) });
  });
}
