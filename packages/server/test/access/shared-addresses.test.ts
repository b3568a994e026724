import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Answer } from '../support/answer.ts';
import { linkToken, openBrowser, type Person, signInAs } from '../support/browser.ts';
import { type Mail, type MailServer, startMailServer } from '../support/mail-server.ts';
import { type RawCaller, rawCallerWith, rawSignIn } from '../support/raw-caller.ts';
import { SEALING_KEY } from '../support/secrets.ts';
import { createWorld, type DemoPlace, ENGINES, type RunningServer } from '../support/server.ts';

const SESSION = '/accounts/v1/session';
const said = ({ status, body }: Answer): [number, string | undefined] => [status, body.reason];
let places = 0;
const elsewhere = (): Record<string, string> => {
  places += 1;
  return { 'x-forwarded-for': `203.0.113.${places}` };
};

interface Place {
  world: DemoPlace;
  server: RunningServer;
  operator: RawCaller;
  /** Another business, whose people nobody here knows; by its client. */
  other: RawCaller;
}

async function openPlace(engine: (typeof ENGINES)[number], env: Record<string, string>): Promise<Place> {
  const world = await createWorld(engine);
  const server = await world.start({ SEALING_KEY, TRUSTED_PROXY: 'loopback', LOG_LEVEL: 'warn', ...env });
  const operator = rawCallerWith(server, world.demo.admin_token);
  return { world, server, operator, other: await rawSignIn(server, world.demo.other) };
}

const setPassword = async (server: RunningServer, link: string, password: string): Promise<Answer> =>
  openBrowser(server, elsewhere()).post('/accounts/v1/passwords', { token: linkToken(link), password });
const knock = (server: RunningServer, { email, password }: Person, from = elsewhere()): Promise<Answer> =>
  openBrowser(server, from).post(SESSION, { email, password });

describe.each(ENGINES)('an address that another business has an account with, on %s', (engine) => {
  let place: Place;
  beforeAll(async () => {
    place = await openPlace(engine, {});
  });
  afterAll(() => place.world.remove());

  /** Somebody whom the demo's distributor has an account for. */
  const hire = async (): Promise<Person> => {
    const { server, world } = place;
    const admin = await signInAs(server, world.demo.console.distributor_admin, elsewhere());
    const person = { email: `${randomUUID()}@staff.example`, password: `the horses of ${randomUUID()}` };
    const { link } = (await admin.post('/v1/staff', { email: person.email, role: 'seller' })).body;
    expect((await setPassword(server, link, person.password)).status).toBe(200);
    return person;
  };
  /** The same address at the other business, which has chosen the password itself. */
  const squat = async ({ email }: Person): Promise<Person> => {
    const { link } = (await place.other.post('/v1/staff', { email, role: 'viewer' })).body;
    const password = `the cows of ${randomUUID()}`;
    expect((await setPassword(place.server, link, password)).status).toBe(200);
    return { email, password };
  };

  it('is invited like one that nobody knows, and told apart by nobody', async () => {
    const { world, other } = place;
    const { seller, operator } = world.demo.console;
    const person = await hire();
    const answers = [];
    for (const email of [person.email, seller.email, operator.email, 'nobody@nowhere.example']) {
      const { status, body } = await other.post('/v1/staff', { email, role: 'seller' });
      const { account, link, ...rest } = body;
      answers.push({ status, fields: Object.keys(rest), account: Object.keys(account), linked: typeof link });
    }
    expect(answers[0]).toMatchObject({ status: 201, linked: 'string' });
    expect(answers.slice(1)).toEqual([answers[0], answers[0], answers[0]]);
    // What it has itself, it may know.
    expect(said(await other.post('/v1/staff', { email: person.email, role: 'viewer' }))).toEqual([409, 'email_taken']);
  });

  it('signs in where its password is that of, and nothing there shows at the other', async () => {
    const { server } = place;
    const person = await hire();
    const squatter = await squat(person);
    const [mine, theirs] = [await knock(server, person), await knock(server, squatter)];
    expect([mine.body.distributor.name, mine.body.role]).toEqual(['Demo distributor', 'seller']);
    expect([theirs.body.distributor.name, theirs.body.role]).toEqual(['Other distributor', 'viewer']);
    const staff = (await place.other.get('/v1/staff')).body as { id: string }[];
    expect(staff.map(({ id }) => id)).not.toContain(mine.body.id);
  });

  it('cannot be guessed by whoever signs in with it elsewhere meanwhile', async () => {
    const { server } = place;
    const person = await hire();
    const squatter = await squat(person);
    const from = elsewhere();
    for (let i = 0; i < 5; i += 1) {
      expect(said(await knock(server, { ...person, password: `guess number ${i}` }, from))).toEqual([
        401,
        'invalid_credentials',
      ]);
      // Right there, it forgives nothing here; and being stopped here, it is not told.
      expect((await knock(server, squatter, from)).status).toBe(200);
    }
    expect(said(await knock(server, person, from))).toEqual([401, 'invalid_credentials']);
    expect((await knock(server, person)).status).toBe(200);
  });

  it('with the same password at both is whoever used it last, and a try at the other all the same', async () => {
    const { server, other } = place;
    const person = await hire();
    const squatter = await squat(person);
    await knock(server, person);
    const browser = await signInAs(server, squatter, elsewhere());
    // A guess, made as a password of one's own.
    const guess = { password: squatter.password, new_password: person.password };
    expect((await browser.post('/accounts/v1/password', guess)).status).toBe(200);
    const from = elsewhere();
    const names: (string | undefined)[] = [];
    for (let i = 0; i < 7; i += 1) names.push((await knock(server, person, from)).body.distributor?.name);
    expect(names).toEqual(names.map(() => 'Other distributor'));
    await other.get('/v1/staff');
    // The other one was tried five times from there, and is closed to it; elsewhere it is open.
    await browser.post('/accounts/v1/password', { password: person.password, new_password: 'nine white horses' });
    expect(said(await knock(server, person, from))).toEqual([401, 'invalid_credentials']);
    expect((await knock(server, person)).body.distributor.name).toBe('Demo distributor');
  });

  it('gets three links in a quarter of an hour by one business, which has a hundred in all', async () => {
    const { operator, server } = place;
    const { body: shop } = await operator.post('/admin/v1/distributors', { name: 'Loud shop' });
    const client = (await operator.post(`/admin/v1/distributors/${shop.id}/credentials`, { name: 'Till' })).body;
    const loud = await rawSignIn(server, client);
    const invite = (): Promise<Answer> =>
      loud.post('/v1/staff', { email: `${randomUUID()}@x.example`, role: 'viewer' });
    const first = await invite();
    const links = `/v1/staff/${first.body.account.id}/links`;
    expect([(await loud.post(links, {})).status, (await loud.post(links, {})).status]).toEqual([201, 201]);
    expect(said(await loud.post(links, {}))).toEqual([429, 'too_many_requests']);
    const more = await Promise.all(Array.from({ length: 100 }, invite));
    expect(more.filter(({ status }) => status === 201)).toHaveLength(96);
    expect(
      (await operator.post('/admin/v1/accounts', { email: 'a@x.example', role: 'viewer', distributor_id: shop.id }))
        .status,
    ).toBe(201);
  });

  it('costs the sign-in no more time, and a business has a thousand accounts at most', async () => {
    const person = await hire();
    await squat(person);
    await place.server.stop();
    const db = await place.world.openDb();
    const salts = await db.query<{ salt: string }>(
      `SELECT DISTINCT substring(password_hash FROM '^(.*)[$]') AS salt FROM accounts WHERE email = $1`,
      [person.email],
    );
    expect(salts).toHaveLength(1);
    const [owner] = await db.query<{ distributor_id: string }>(
      'SELECT distributor_id FROM credentials WHERE client_id = $1',
      [place.world.demo.other.client_id],
    );
    await db.query(
      `INSERT INTO accounts (id, email, distributor_id, role, created_at)
       SELECT gen_random_uuid(), n || '@crowd.example', $1, 'viewer', now() FROM generate_series(1, 1000) n`,
      [owner?.distributor_id ?? ''],
    );
    await db.close();
    const server = await place.world.start({ SEALING_KEY });
    const crowded = await rawSignIn(server, place.world.demo.other);
    expect(said(await crowded.post('/v1/staff', { email: 'one@more.example', role: 'viewer' }))).toEqual([
      409,
      'too_many_accounts',
    ]);
  });
});

describe.each(ENGINES)('links that go by mail, on %s', (engine) => {
  let place: Place;
  let mailServer: MailServer;
  beforeAll(async () => {
    mailServer = await startMailServer();
    place = await openPlace(engine, { SMTP_URL: mailServer.url, MAIL_FROM: 'OpenTopup <topup@operator.example>' });
  });
  afterAll(async () => {
    await place.world.remove();
    await mailServer.stop();
  });

  const mailsTo = (email: string): Mail[] => mailServer.mails.filter(({ to }) => to.includes(email));
  /** The links that somebody has got so far, once they are so many. */
  const linksTo = async (email: string, count: number): Promise<string[]> => {
    await vi.waitFor(() => expect(mailsTo(email).length).toBeGreaterThanOrEqual(count), { timeout: 60_000 });
    return mailsTo(email).map(
      ({ text }) => /\S+\/password#\S+/.exec(text.replaceAll('=\r\n', '').replaceAll('=3D', '='))?.[0] ?? '',
    );
  };
  const ask = (email: string, from = elsewhere()): Promise<Answer> =>
    openBrowser(place.server, from).post('/accounts/v1/resets', { email });
  const hire = async (): Promise<Person & { id: string }> => {
    const { operator, server, world } = place;
    const admin = await signInAs(server, world.demo.console.distributor_admin, elsewhere());
    const { distributor_id } = (await admin.get(SESSION)).body;
    const person = { email: `${randomUUID()}@staff.example`, password: `the horses of ${randomUUID()}` };
    const invitation = { email: person.email, role: 'seller', distributor_id };
    const { account } = (await operator.post('/admin/v1/accounts', invitation)).body;
    const [link = ''] = await linksTo(person.email, 1);
    expect((await setPassword(server, link, person.password)).status).toBe(200);
    return { ...person, id: account.id };
  };
  const isGood = async (link: string): Promise<boolean> => {
    const read = await openBrowser(place.server, elsewhere()).post('/accounts/v1/links', { token: linkToken(link) });
    return read.status === 200;
  };

  it('reach the owner of an address alone, who decides; until then nothing is taken', async () => {
    const { other, server, world } = place;
    const { seller } = world.demo.console;
    const answer = await other.post('/v1/staff', { email: seller.email, role: 'viewer' });
    expect([answer.status, answer.body.link]).toEqual([201, undefined]);
    const [link = ''] = await linksTo(seller.email, 1);
    expect(mailsTo(seller.email)[0]?.text).toContain('Other distributor');
    expect((await knock(server, seller)).body.distributor.name).toBe('Demo distributor');
    const own = { email: seller.email, password: 'seven white horses' };
    expect((await setPassword(server, link, own.password)).status).toBe(200);
    expect((await knock(server, own)).body.distributor.name).toBe('Other distributor');
    expect((await knock(server, seller)).body.distributor.name).toBe('Demo distributor');
  });

  it('asked for by strangers end no other, and keep nobody out', async () => {
    const person = await hire();
    const { id, email } = person;
    await place.operator.post(`/admin/v1/accounts/${id}/links`, {});
    const [, given = ''] = await linksTo(email, 2);
    const stranger = elsewhere();
    const answers = [];
    for (let i = 0; i < 4; i += 1) answers.push((await ask(email, stranger)).status);
    // From there it is refused, as for an address that nobody has.
    expect(answers).toEqual([202, 202, 202, 429]);
    const strangers = elsewhere();
    for (let i = 0; i < 4; i += 1)
      expect((await ask('nobody@nowhere.example', strangers)).status).toBe(i < 3 ? 202 : 429);
    // Its owner is answered as ever, and has a link in the mail that counts.
    expect((await ask(email)).status).toBe(202);
    const links = await linksTo(email, 5);
    expect(await Promise.all(links.slice(1).map(isGood))).toEqual([true, true, true, true]);
    expect((await knock(place.server, person)).status).toBe(200);
    // The mailbox is spared: three of them in a quarter of an hour.
    expect((await ask(email)).status).toBe(202);
    const probe = await hire();
    expect((await ask(probe.email)).status).toBe(202);
    await linksTo(probe.email, 2);
    expect(mailsTo(email)).toHaveLength(5);
    // The one that is used ends all.
    expect((await setPassword(place.server, given, 'eight white horses')).status).toBe(200);
    expect(await Promise.all(links.map(isGood))).toEqual(links.map(() => false));
  });

  it('die with a change of the password, whoever has asked for them', async () => {
    const person = await hire();
    await ask(person.email);
    const [, link = ''] = await linksTo(person.email, 2);
    expect(await isGood(link)).toBe(true);
    const browser = await signInAs(place.server, person, elsewhere());
    const change = { password: person.password, new_password: 'ten white horses' };
    expect((await browser.post('/accounts/v1/password', change)).status).toBe(200);
    expect(await isGood(link)).toBe(false);
    expect(said(await setPassword(place.server, link, 'eleven white horses'))).toEqual([400, 'invalid_link']);
  });
});
