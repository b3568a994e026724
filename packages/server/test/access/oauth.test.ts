import { SignJWT } from 'jose';
import * as oauth from 'oauth4webapi';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rawCallerWith, rawSignIn } from '../support/raw-caller.ts';
import { SEALING_KEY } from '../support/secrets.ts';
import { createWorld, type DemoPlace, ENGINES, type RunningServer } from '../support/server.ts';
import { signingKeyOf } from '../support/signing-key.ts';

const INSECURE = { [oauth.allowInsecureRequests]: true } as const;
const SCOPE = 'sekapi:manager:access:api';
const GRANT = { grant_type: 'client_credentials' };

describe.each(ENGINES)('signing in on %s', (engine) => {
  let world: DemoPlace;
  let server: RunningServer;
  let key: { id: string; secret: string };

  beforeAll(async () => {
    world = await createWorld(engine);
    // The first start makes the key that signs tokens.
    await (await world.start({ SEALING_KEY })).stop();
    const db = await world.openDb();
    key = await signingKeyOf(db);
    await db.close();
    server = await world.start({ SEALING_KEY });
  });
  afterAll(() => world.remove());

  const authorizationServer = (): oauth.AuthorizationServer => ({
    issuer: server.baseUrl,
    token_endpoint: `${server.baseUrl}/oauth/v3/token`,
  });

  /** Asks for a token as a client made with the library does. */
  const askFor = async (
    { client_id, client_secret }: { client_id: string; client_secret: string },
    grant = 'client_credentials',
    parameters: Record<string, string> = {},
  ): Promise<Response> => {
    const authentication = oauth.ClientSecretBasic(client_secret);
    return oauth.genericTokenEndpointRequest(
      authorizationServer(),
      { client_id },
      authentication,
      grant,
      parameters,
      INSECURE,
    );
  };

  /** What the library makes of an answer. */
  const read = (client_id: string, response: Response): Promise<oauth.TokenEndpointResponse> =>
    oauth.processClientCredentialsResponse(authorizationServer(), { client_id }, response);

  /** The error that the library throws, and the body that came with it. */
  const errorOf = async (response: Response): Promise<{ error: unknown; body: Record<string, unknown> }> => {
    const body = (await response.clone().json()) as Record<string, unknown>;
    const error = await read('somebody', response).then(
      () => null,
      (thrown: unknown) => thrown,
    );
    return { error, body };
  };

  const post = (headers: Record<string, string>, body?: string | URLSearchParams): Promise<Response> =>
    fetch(`${server.baseUrl}/oauth/v3/token`, { method: 'POST', headers, ...(body !== undefined && { body }) });

  const basic = (id: string, secret: string): Record<string, string> => ({
    authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`,
  });

  describe('with a standard library', () => {
    it('gives a token, with which offers can be read', async () => {
      const { demo } = world;
      const response = await oauth.clientCredentialsGrantRequest(
        authorizationServer(),
        { client_id: demo.client_id },
        oauth.ClientSecretBasic(demo.client_secret),
        { scope: SCOPE },
        INSECURE,
      );
      expect(response.headers.get('cache-control')).toBe('no-store');
      expect(response.headers.get('content-type')).toMatch(/^application\/json/);
      const token = await read(demo.client_id, response);
      expect(token).toEqual({
        access_token: expect.any(String),
        token_type: 'bearer',
        expires_in: 3600,
        scope: SCOPE,
      });

      const offers = new URL(`${server.baseUrl}/travel-b2b/v1/distributors/offers`);
      const answer = await oauth.protectedResourceRequest(
        token.access_token,
        'GET',
        offers,
        undefined,
        undefined,
        INSECURE,
      );
      const mine = (await answer.json()) as { id: string }[];
      expect(mine.map(({ id }) => id).toSorted()).toEqual(demo.offers.map(({ id }) => id).toSorted());
    });

    it('gives each client a token of its own: the other distributor sees no offers', async () => {
      const { access_token } = await read(world.demo.other.client_id, await askFor(world.demo.other));
      expect((await rawCallerWith(server, access_token).get('/distributors/offers')).body).toEqual([]);
    });

    it.each(['a wrong secret', 'the secret of another', 'an unknown client'])('refuses %s', async (what) => {
      const { demo } = world;
      const client = {
        'a wrong secret': { client_id: demo.client_id, client_secret: `${demo.client_secret}x` },
        'the secret of another': { client_id: demo.client_id, client_secret: demo.other.client_secret },
        'an unknown client': { client_id: 'nobody', client_secret: demo.client_secret },
      }[what] as { client_id: string; client_secret: string };
      const response = await askFor(client);
      expect(response.status).toBe(401);
      const { error, body } = await errorOf(response);
      expect(error).toBeInstanceOf(oauth.WWWAuthenticateChallengeError);
      expect((error as oauth.WWWAuthenticateChallengeError).cause).toMatchObject([
        { scheme: 'basic', parameters: { realm: 'opentopup' } },
      ]);
      expect(body).toMatchObject({
        error: 'invalid_client',
        error_description: 'invalid credentials',
        code: 41,
        message: 'Unauthorized',
        description: 'invalid credentials',
        reason: 'invalid_credentials',
        retryable: false,
      });
      expect(body).not.toHaveProperty('access_token');
    });

    it.each(['password', 'authorization_code', 'refresh_token', 'Client_Credentials'])(
      'refuses the grant %s',
      async (grant) => {
        const response = await askFor(world.demo, grant, { username: 'a', password: 'b', code: 'c' });
        expect(response.status).toBe(400);
        const { error, body } = await errorOf(response);
        expect(error).toBeInstanceOf(oauth.ResponseBodyError);
        expect(error).toMatchObject({ error: 'unsupported_grant_type', status: 400 });
        expect(body).toMatchObject({
          code: 24,
          message: 'Bad Request',
          description: 'invalid grant_type parameter in body',
          reason: 'invalid_body_field',
        });
      },
    );

    it('refuses a scope that there is not', async () => {
      const response = await askFor(world.demo, 'client_credentials', { scope: 'everything' });
      const { error, body } = await errorOf(response);
      expect(error).toBeInstanceOf(oauth.ResponseBodyError);
      expect(error).toMatchObject({ error: 'invalid_scope', status: 400 });
      expect(body).toMatchObject({ code: 24, message: 'Bad Request' });
    });

    it.each<[string, URLSearchParams | undefined]>([
      ['an empty form', new URLSearchParams()],
      ['another field', new URLSearchParams({ grant: 'client_credentials' })],
      ['no body', undefined],
    ])('refuses %s: the grant is missing', async (_, form) => {
      const response = await post(basic(world.demo.client_id, world.demo.client_secret), form);
      expect(response.status).toBe(400);
      const { error, body } = await errorOf(response);
      expect(error).toBeInstanceOf(oauth.ResponseBodyError);
      expect(error).toMatchObject({ error: 'invalid_request', status: 400 });
      expect(body).toMatchObject({
        code: 23,
        message: 'Bad Request',
        description: 'missing grant_type parameter in body',
      });
    });

    it('takes the id and secret in the form, from a client that sends no header', async () => {
      const { demo } = world;
      const response = await oauth.clientCredentialsGrantRequest(
        authorizationServer(),
        { client_id: demo.client_id },
        oauth.ClientSecretPost(demo.client_secret),
        { scope: SCOPE },
        INSECURE,
      );
      const { access_token } = await read(demo.client_id, response);
      expect((await rawCallerWith(server, access_token).get('/distributors/offers')).status).toBe(200);
    });

    it.each<[string, () => Record<string, string>]>([
      ['a wrong secret', () => ({ client_id: world.demo.client_id, client_secret: 'wrong' })],
      [
        'the secret of another',
        () => ({ ...GRANT, client_id: world.demo.client_id, client_secret: world.demo.other.client_secret }),
      ],
      ['an id alone', () => ({ client_id: world.demo.client_id })],
      ['a secret alone', () => ({ client_secret: world.demo.client_secret })],
      ['an empty secret', () => ({ client_id: world.demo.client_id, client_secret: '' })],
      ['a NUL', () => ({ client_id: `${world.demo.client_id}\0`, client_secret: world.demo.client_secret })],
    ])('refuses a form with %s', async (_, form) => {
      const response = await post({}, new URLSearchParams({ ...GRANT, ...form() }));
      expect(response.status).toBe(401);
      expect(await response.json()).toMatchObject({ error: 'invalid_client', code: 41 });
    });

    it.each([
      [
        'the secret too',
        (): Record<string, string> => ({ client_id: world.demo.client_id, client_secret: world.demo.client_secret }),
      ],
      ['another id', (): Record<string, string> => ({ client_id: world.demo.other.client_id })],
    ])('refuses a form with %s, beside a header', async (_, form) => {
      const { client_id, client_secret } = world.demo;
      const response = await post(basic(client_id, client_secret), new URLSearchParams({ ...GRANT, ...form() }));
      const { error } = await errorOf(response);
      expect(error).toMatchObject({ error: 'invalid_request', status: 400 });
    });

    it('takes the id in the form beside the same one in the header', async () => {
      const { client_id, client_secret } = world.demo;
      const form = new URLSearchParams({ ...GRANT, client_id });
      expect((await post(basic(client_id, client_secret), form)).status).toBe(200);
    });

    it.each(['grant_type', 'scope', 'client_id', 'client_secret', 'anything'])(
      'refuses %s given twice',
      async (name) => {
        const form = new URLSearchParams({ ...GRANT, scope: SCOPE });
        const value = form.get(name) ?? 'x';
        form.set(name, value);
        form.append(name, value);
        const { client_id, client_secret } = world.demo;
        const { error, body } = await errorOf(await post(basic(client_id, client_secret), form));
        expect(error).toMatchObject({ error: 'invalid_request', status: 400 });
        expect(body['description']).toBe(`invalid ${name} parameter in body: given more than once`);
      },
    );

    it('refuses a request without credentials', async () => {
      const response = await post({}, new URLSearchParams(GRANT));
      expect(response.status).toBe(401);
      expect(response.headers.get('www-authenticate')).toBe('Basic realm="opentopup"');
      expect(await response.json()).toMatchObject({ error: 'invalid_client', code: 40 });
    });

    it.each([
      ['no Base64', 'Basic !!!'],
      ['no colon', `Basic ${Buffer.from('demo').toString('base64')}`],
      ['no secret', `Basic ${Buffer.from('demo:').toString('base64')}`],
      ['a broken escape', `Basic ${Buffer.from('demo:%zz').toString('base64')}`],
      ['a NUL', `Basic ${Buffer.from('demo\0:x').toString('base64')}`],
      ['an escaped NUL', `Basic ${Buffer.from('demo%00:x').toString('base64')}`],
      ['another scheme', 'Digest abc'],
    ])('refuses credentials with %s', async (_, authorization) => {
      const response = await post({ authorization }, new URLSearchParams(GRANT));
      expect(response.status).toBe(401);
      expect(await response.json()).toMatchObject({ error: 'invalid_client', code: 41 });
    });
  });

  describe('later: a request', () => {
    /** A token as the server itself makes them, but for what is given. */
    const forge = async (
      change: { claims?: Record<string, unknown>; secret?: string; alg?: string; life_s?: number } = {},
    ): Promise<string> => {
      const { access_token } = await read(world.demo.client_id, await askFor(world.demo));
      const real = JSON.parse(Buffer.from(access_token.split('.')[1] ?? '', 'base64url').toString()) as object;
      const now = Math.floor(Date.now() / 1000);
      return new SignJWT({ ...real, ...change.claims, iat: now - 7200, exp: now + (change.life_s ?? 60) })
        .setProtectedHeader({ alg: change.alg ?? 'HS256', kid: key.id })
        .sign(Buffer.from(change.secret ?? key.secret, 'base64url'));
    };
    const unsigned = async (): Promise<string> => {
      const [, claims] = (await forge()).split('.');
      return `${Buffer.from('{"alg":"none"}').toString('base64url')}.${claims}.`;
    };
    const tampered = async (): Promise<string> => {
      const [head, claims, signature] = (await forge()).split('.') as [string, string, string];
      const more = JSON.parse(Buffer.from(claims, 'base64url').toString()) as Record<string, unknown>;
      const longer = Buffer.from(JSON.stringify({ ...more, exp: (more['exp'] as number) + 1 })).toString('base64url');
      return `${head}.${longer}.${signature}`;
    };
    const foreignKey = Buffer.alloc(32, 8).toString('base64url');

    // Without this the refusals below would prove nothing.
    it('with a token signed with the right key is served', async () => {
      const answer = await rawCallerWith(server, await forge()).get('/distributors/offers');
      expect(answer.status).toBe(200);
      expect(answer.body).toHaveLength(world.demo.offers.length);
    });

    it.each<[string, number, string, () => Promise<Record<string, string>>]>([
      ['no token', 40, 'missing credentials', async () => ({})],
      ['an empty header', 40, 'missing credentials', async () => ({ authorization: '' })],
      ['a garbled token', 41, 'invalid credentials', async () => ({ authorization: 'Bearer x.y.z' })],
      ['two words', 41, 'invalid credentials', async () => ({ authorization: `Bearer ${await forge()} x` })],
      ['another scheme', 41, 'invalid credentials', async () => ({ authorization: `Token ${await forge()}` })],
      [
        'id and secret instead of a token',
        41,
        'invalid credentials',
        async () => basic(world.demo.client_id, world.demo.client_secret),
      ],
      [
        'the operator’s token',
        41,
        'invalid credentials',
        async () => ({ authorization: `Bearer ${world.demo.admin_token}` }),
      ],
      [
        'a token signed by somebody else',
        41,
        'invalid credentials',
        async () => ({ authorization: `Bearer ${await forge({ secret: foreignKey })}` }),
      ],
      [
        'an expired token signed by somebody else',
        41,
        'invalid credentials',
        async () => ({ authorization: `Bearer ${await forge({ secret: foreignKey, life_s: -3600 })}` }),
      ],
      ['a changed token', 41, 'invalid credentials', async () => ({ authorization: `Bearer ${await tampered()}` })],
      ['an unsigned token', 41, 'invalid credentials', async () => ({ authorization: `Bearer ${await unsigned()}` })],
      [
        'a token signed in another way',
        41,
        'invalid credentials',
        async () => ({ authorization: `Bearer ${await forge({ alg: 'HS512' })}` }),
      ],
      [
        'a token of another issuer',
        41,
        'invalid credentials',
        async () => ({ authorization: `Bearer ${await forge({ claims: { iss: 'other' } })}` }),
      ],
      [
        'a token of no distributor',
        41,
        'invalid credentials',
        async () => ({ authorization: `Bearer ${await forge({ claims: { distributor_id: undefined } })}` }),
      ],
      [
        'a token of a client that does not exist',
        41,
        'invalid credentials',
        async () => ({ authorization: `Bearer ${await forge({ claims: { sub: 'nobody' } })}` }),
      ],
      [
        'a token of another distributor’s client',
        41,
        'invalid credentials',
        async () => ({ authorization: `Bearer ${await forge({ claims: { sub: world.demo.other.client_id } })}` }),
      ],
      [
        'a token of the other world',
        41,
        'invalid credentials',
        async () => ({ authorization: `Bearer ${await forge({ claims: { world: 'sandbox' } })}` }),
      ],
      [
        'a token for ten years',
        41,
        'invalid credentials',
        async () => ({ authorization: `Bearer ${await forge({ life_s: 10 * 365 * 86_400 })}` }),
      ],
      [
        'a token that lives longer than any',
        41,
        'invalid credentials',
        async () => ({ authorization: `Bearer ${await forge({ life_s: 3_600 + 120 })}` }),
      ],
      [
        'an expired token',
        42,
        'expired credentials',
        async () => ({ authorization: `Bearer ${await forge({ life_s: -1 })}` }),
      ],
    ])('with %s is refused with code %i', async (_, code, description, headers) => {
      const given = await headers();
      for (const path of ['/travel-b2b/v1/distributors/offers', '/distributors/transactions']) {
        const response = await fetch(server.baseUrl + path, { headers: given });
        expect(response.status).toBe(401);
        expect(response.headers.get('www-authenticate')).toMatch(/^Bearer realm="opentopup"/);
        expect(await response.json()).toMatchObject({
          code,
          message: 'Unauthorized',
          description,
          retryable: code === 42,
        });
      }
    });

    it('with an expired token makes the library say so', async () => {
      const offers = new URL(`${server.baseUrl}/distributors/offers`);
      const asked = oauth.protectedResourceRequest(
        await forge({ life_s: -1 }),
        'GET',
        offers,
        undefined,
        undefined,
        INSECURE,
      );
      const error = await asked.then(
        () => null,
        (thrown: unknown) => thrown,
      );
      expect(error).toBeInstanceOf(oauth.WWWAuthenticateChallengeError);
      expect((error as oauth.WWWAuthenticateChallengeError).cause).toMatchObject([{ scheme: 'bearer' }]);
    });
  });

  it('gives a client 50 tokens in a minute and no more, while another still gets one', async () => {
    // A process of its own counts from nothing.
    await server.stop();
    server = await world.start({ SEALING_KEY });
    const answers = await Promise.all(Array.from({ length: 50 }, () => askFor(world.demo)));
    expect(answers.map(({ status }) => status)).toEqual(Array(50).fill(200));

    const response = await askFor(world.demo);
    expect(response.status).toBe(429);
    expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await response.json()).toMatchObject({
      code: 53,
      message: 'Too Many Requests',
      description: 'too many requests',
      reason: 'too_many_requests',
      retryable: true,
    });
    expect((await askFor({ ...world.demo, client_secret: 'wrong' })).status).toBe(429);
    const { client_id, client_secret } = world.demo;
    expect((await post({}, new URLSearchParams({ ...GRANT, client_id, client_secret }))).status).toBe(429);
    expect((await askFor(world.demo.other)).status).toBe(200);
  });

  it('lasts: a token is good after a restart, and after a kill', async () => {
    await server.stop();
    server = await world.start({ SEALING_KEY });
    const { token } = await rawSignIn(server, world.demo);
    for (const end of [() => server.stop(), () => server.kill()]) {
      await end();
      server = await world.start({ SEALING_KEY });
      expect((await rawCallerWith(server, token).get('/distributors/offers')).status).toBe(200);
    }
  });
});
