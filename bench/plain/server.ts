// The sale as it would be written without a second thought: the same routes and answers, a pool of connections, one
// database transaction for each step. It is what our server is compared with.
import { createHash, createSecretKey, randomBytes } from 'node:crypto';
import Fastify, { type FastifyRequest } from 'fastify';
import { jwtVerify, SignJWT } from 'jose';
import { openDatabase } from './database.ts';
import { ORDER, SALE } from './schemas.ts';
import { type PlainOrder, type Sold, sell } from './sell.ts';

const TOKEN_LIFE_S = 3_600;

const { DATABASE_URL = '', PORT, HOST = '', LATENCY_MS = '0' } = process.env;
const db = openDatabase(DATABASE_URL);
const secret = createSecretKey(randomBytes(32));
const app = Fastify({ logger: true, disableRequestLogging: true });

app.addHook('onResponse', async (request, reply) => {
  request.log.info({ method: request.method, status: reply.statusCode, ms: Math.round(reply.elapsedTime) }, 'request');
});
app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) => {
  done(null, Object.fromEntries(new URLSearchParams(String(body))));
});

app.get('/live', async () => ({ isAlive: true, version: 'plain' }));

app.post<{ Body: Record<string, string> }>('/oauth/v3/token', async (request, reply) => {
  const basic = /^Basic (\S+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
  const [client_id = '', client_secret = ''] = Buffer.from(basic, 'base64').toString('latin1').split(':');
  const sha256 = createHash('sha256').update(client_secret).digest('hex');
  const [client] = await db.run<{ id: string }>(
    'find-client',
    'SELECT id FROM distributors WHERE client_id = $1 AND secret_sha256 = $2',
    [client_id, sha256],
  );
  if (!client || request.body['grant_type'] !== 'client_credentials') {
    return reply.code(401).send({ code: 41, message: 'Unauthorized', description: 'invalid credentials' });
  }
  const access_token = await new SignJWT({ distributor_id: client.id })
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject(client_id)
    .setIssuedAt()
    .setExpirationTime(`${TOKEN_LIFE_S} s`)
    .sign(secret);
  return { token_type: 'Bearer', access_token, expires_in: TOKEN_LIFE_S, scope: 'sekapi:manager:access:api' };
});

/** Finds whose token it is; null when it does not count. */
async function distributorOf(request: FastifyRequest): Promise<string | null> {
  const token = /^Bearer (\S+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
  try {
    const { payload } = await jwtVerify(token, secret, { algorithms: ['HS256'] });
    return String(payload['distributor_id']);
  } catch {
    return null;
  }
}

const DESCRIPTIONS = {
  'no offer': () => 'invalid offer_id parameter',
  'bad number': (offerId: string) => `bad parameter for transaction for offer ${offerId}`,
  'bucket empty': (offerId: string) => `bucket empty for offer ${offerId}`,
} as const;

const euros = (minor: string): number => Number(minor) / 100;
const wireDate = (date: Date): string => `${date.toISOString().slice(0, 19)}Z`;

function saleOf({ offer, transaction }: Exclude<Sold, string>, order: PlainOrder) {
  return {
    id: transaction.id,
    status: transaction.status,
    product_type: offer.transaction_type,
    billing_mode: 'prepaid',
    creation_date: wireDate(transaction.created_at),
    change_date: wireDate(transaction.changed_at),
    offer_id: offer.id,
    offer_name: offer.name,
    product_name: offer.product_name,
    supplier_name: offer.supplier_name,
    ...(order.voucher_id !== undefined && { voucher_id: order.voucher_id }),
    resell_value: euros(offer.resell_value_minor),
    bonus_value: euros(offer.bonus_value_minor),
    reference_currency: offer.currency,
    local_currency: offer.currency,
    ...(order.user_id !== undefined && { user_id: order.user_id }),
    parameters: { msisdn: transaction.msisdn },
    customer_message: 'The recharge has been made.',
  };
}

app.post<{ Body: PlainOrder }>(
  '/distributors/transactions',
  { schema: { body: ORDER, response: { 201: SALE } } },
  async (request, reply) => {
    const distributorId = await distributorOf(request);
    if (distributorId === null) {
      return reply.code(401).send({ code: 41, message: 'Unauthorized', description: 'invalid credentials' });
    }
    const key = request.headers['idempotency-key'];
    const order = request.body;
    const sold = await sell(db, Number(LATENCY_MS), distributorId, order, typeof key === 'string' ? key : null);
    if (typeof sold === 'string') {
      const description = DESCRIPTIONS[sold](order.offer_id);
      return reply.code(400).send({ code: 0, message: 'Bad Request', description });
    }
    return reply.code(201).send(saleOf(sold, order));
  },
);

await app.listen({ port: Number(PORT), host: HOST });
process.once('SIGTERM', () => {
  void app.close().then(() => process.exit(0));
});
