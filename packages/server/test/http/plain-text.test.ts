import { CSRF_HEADER, LINES, ONE_LINE, OPERATIONS, type Operation } from '@opentopup/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signInAs } from '../support/browser.ts';
import { exampleRequest } from '../support/example-request.ts';
import { type RawCaller, rawCallerWith, rawSignIn } from '../support/raw-caller.ts';
import { createWorld, type DemoPlace, ENGINES } from '../support/server.ts';

interface Schema {
  pattern?: string;
  anyOf?: Schema[];
  items?: Schema;
  properties?: Record<string, Schema>;
}

const IN_ORDER = ['user_id', 'voucher_id'].map((field) => ({ field, inList: false, pattern: ONE_LINE }));

const fieldsOf = (schema: Schema | undefined): [string, Schema][] => Object.entries(schema?.properties ?? {});

/** The plain texts in a body. */
const plainIn = ({ id, body }: Operation): { field: string; inList: boolean; pattern: string }[] => [
  ...(id === 'createTransaction' ? IN_ORDER : []),
  ...fieldsOf(body).flatMap(([field, { anyOf = [], items, ...own }]) => {
    const { pattern } =
      [own, ...anyOf, items ?? {}].find((each) => each.pattern === ONE_LINE || each.pattern === LINES) ?? {};
    return pattern === undefined ? [] : [{ field, inList: items !== undefined, pattern }];
  }),
];
const FIELDS = OPERATIONS.flatMap((operation) =>
  plainIn(operation).map((plain) => ({ ...plain, id: operation.id, operation })),
);

/** A word that ends in a NEL, a separator of lines, a paragraph; that is turned around; that is hidden; half of a letter. */
const ODD = [
  'a\u0085',
  'a\u2028b',
  'a\u2029b',
  'a\u202egnp.exe',
  '\u2066a',
  '\u200fa',
  'a\u009bb',
  '\ufeffa',
  'a\u0000',
  'a\ud800',
];
const SEVERAL_LINES = ['a\nb', 'a\r\nb', 'a\tb'];

describe.each(ENGINES)('text for people on %s', (engine) => {
  let world: DemoPlace;
  let shop: RawCaller;
  let operator: RawCaller;
  let cookie: string;

  beforeAll(async () => {
    world = await createWorld(engine);
    const server = await world.start();
    shop = await rawSignIn(server, world.demo);
    operator = rawCallerWith(server, world.demo.admin_token);
    cookie = (await signInAs(server, world.demo.console.viewer)).cookies();
  });
  afterAll(() => world.remove());

  it('is in many bodies', () => {
    const found = FIELDS.map(({ id, field }) => `${id}.${field}`);
    for (const known of [
      'createOffer.name',
      'createGrant.justification',
      'setCustomerMessage.text',
      'createTransaction.user_id',
    ]) {
      expect(found).toContain(known);
    }
  });

  it.each(FIELDS)('is refused by its name where it is not plain: $field of $id', async (plain) => {
    const { id, field, inList, pattern, operation } = plain;
    const { method, path, body = '{}' } = exampleRequest(id);
    const by = operation.access === 'operator' ? operator : shop;
    const person = operation.access === 'account' ? { authorization: '', cookie, [CSRF_HEADER]: '1' } : {};
    for (const text of [...ODD, ...(pattern === ONE_LINE ? SEVERAL_LINES : [])]) {
      const sent = { ...JSON.parse(body), [field]: inList ? [text] : text };
      const answer = await (method === 'PUT'
        ? by.put(path, sent, person)
        : method === 'PATCH'
          ? by.patch(path, sent, person)
          : by.post(path, sent, person));
      expect([text, answer.status, answer.body.reason]).toEqual([text, 400, 'invalid_body_field']);
      expect(answer.body.description).toContain(`invalid ${inList ? `${field}.0` : field} parameter in body`);
      expect(answer.body.description).toContain('plain text is needed, without control characters');
    }
  });

  it('comes back as it was given where it is plain, in any language', async () => {
    const path = `/distributors/offers/${world.offer('msisdn')}`;
    for (const name of ['Crédit 10 €', 'عرض 10 يورو', 'एक 👨‍👩‍👧 नाम', '日本 10', 'e\u0301', ' a ']) {
      expect((await shop.patch(path, { name })).body.name).toBe(name);
    }
  });
});
