import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Browser, openBrowser } from '../support/browser.ts';
import { createWorld, type DemoPlace, type RunningServer, STORAGE_ENGINES } from '../support/server.ts';
import { elsewhere, said, staffOf } from '../support/staff.ts';

const PASSKEYS = '/accounts/v1/passkeys';
const SITE = 'https://topup.example';

/** What a browser would say that its device has signed; nobody has. */
const unsigned = (challenge: string, type: string) => ({
  id: 'AAAA',
  rawId: 'AAAA',
  type: 'public-key',
  clientExtensionResults: {},
  response: {
    clientDataJSON: Buffer.from(JSON.stringify({ type, challenge, origin: SITE })).toString('base64url'),
    attestationObject: 'o2NmbXRkbm9uZWdhdHRTdG10oGhhdXRoRGF0YUEA',
    authenticatorData: 'AAAA',
    signature: 'AAAA',
  },
});

// What devices sign, console-passkeys.test.ts has a browser do.
describe.each(STORAGE_ENGINES)('passkeys on %s', (engine) => {
  let world: DemoPlace;
  let server: RunningServer;
  let seller: Browser;
  const { hire, enter } = staffOf(() => ({ server, demo: world.demo }));

  beforeAll(async () => {
    world = await createWorld(engine);
    server = await world.start({ PUBLIC_URL: SITE, TRUSTED_PROXY: 'loopback', LOG_LEVEL: 'warn' });
    seller = await enter(world.demo.console.seller);
  });
  afterAll(() => world.remove());

  it('are for the site that people reach, checked by the device, and asked for by a challenge each time', async () => {
    const stranger = openBrowser(server, elsewhere());
    const { options } = (await stranger.post(`${PASSKEYS}/challenges`, undefined)).body;
    expect(options).toMatchObject({ rpId: 'topup.example', userVerification: 'required' });
    const { options: next } = (await stranger.post(`${PASSKEYS}/challenges`, undefined)).body;
    expect(next.challenge).not.toBe(options.challenge);
    const { password } = world.demo.console.seller;
    const begun = await seller.post(`${PASSKEYS}/registrations`, { password });
    expect(begun.body.options).toMatchObject({
      rp: { id: 'topup.example' },
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    });
  });

  it('are made by nobody without the password, and not of what was signed by none', async () => {
    expect(said(await seller.post(`${PASSKEYS}/registrations`, {}))).toEqual([400, 'missing_body_field']);
    const wrong = await seller.post(`${PASSKEYS}/registrations`, { password: 'three brown horses' });
    expect(said(wrong)).toEqual([400, 'invalid_body_field']);
    for (const challenge of ['AAAA', 'never told']) {
      for (const response of [unsigned(challenge, 'webauthn.create'), {}, { id: 'A', response: null }]) {
        expect(said(await seller.post(PASSKEYS, { name: 'Till', response }))).toEqual([401, 'passkey_refused']);
        const stranger = openBrowser(server, elsewhere());
        expect(said(await stranger.post(`${PASSKEYS}/sessions`, { response }))).toEqual([401, 'passkey_refused']);
        expect(stranger.cookies()).toBe('');
      }
    }
    expect((await seller.get(PASSKEYS)).body).toEqual([]);
  });

  it('need a name of the server, not an address', { tags: 'long' }, async () => {
    const other = await createWorld(engine);
    const bare = await other.start({ LOG_LEVEL: 'warn' });
    const answer = await openBrowser(bare).post(`${PASSKEYS}/challenges`, undefined);
    expect([...said(answer), answer.body.description]).toEqual([
      503,
      'not_configured',
      'the operator has not set PUBLIC_URL, which this needs',
    ]);
    await other.remove();
  });

  it('are nobody else’s to remove', { tags: 'long' }, async () => {
    const other = await enter(await hire('seller'));
    const id = '01935a2c-0000-7000-8000-000000000080';
    expect(said(await other.delete(`${PASSKEYS}/${id}`))).toEqual([404, 'not_found']);
  });
});
