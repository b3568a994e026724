import { type DistributorKey, WIRE_OPERATIONS } from '@opentopup/contract';
import type { FastifyInstance } from 'fastify';
import { actorOf, distributorOf } from '../access/auth.ts';
import type { AppOptions } from '../app-options.ts';
import { answerRefusal } from '../http/answers.ts';
import { fail } from '../http/refusal-error.ts';
import { serve } from '../http/serve.ts';
import { findPublicKey } from './public-key.query.ts';
import { setPublicKey } from './public-key.ts';

type Encoding = 'base64' | undefined;

const wirePublicKey = (pem: string, encoding: Encoding): DistributorKey => ({
  key_type: 'rsa256',
  public_key_value: encoding ? Buffer.from(pem).toString(encoding) : pem,
});

/** Serves the key under which activation codes are encrypted for a distributor. */
export async function publicKeyRoutes(app: FastifyInstance, { ctx, db }: AppOptions): Promise<void> {
  serve(app, WIRE_OPERATIONS.getDistributorKey, async ({ query }, request) => {
    const pem = await findPublicKey(db, distributorOf(request));
    return pem === null ? fail('not_found', { detail: 'no key is set' }) : wirePublicKey(pem, query.encoding);
  });

  serve(app, WIRE_OPERATIONS.setDistributorKey, async ({ query: { encoding }, body }, request, reply) => {
    const value = body.public_key_value ?? body.public_key ?? fail('missing_body_field', { field: 'public_key_value' });
    const set = await setPublicKey(ctx, distributorOf(request), value, actorOf(request));
    return 'reason' in set
      ? answerRefusal(request, reply, set)
      : reply.code(201).send(wirePublicKey(set.pem, encoding));
  });
}
