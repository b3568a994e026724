import { type CallerRole, OPERATIONS, type Operation, type Role } from '@opentopup/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Browser, signInAs } from '../support/browser.ts';
import { exampleRequest } from '../support/example-request.ts';
import { createWorld, type DemoPlace, ENGINES } from '../support/server.ts';

const GUARDED = OPERATIONS.filter(({ access }) => ['distributor', 'operator', 'account'].includes(access));
/** These end the session that asks. */
const LAST = new Set(['signOut']);
const IN_ORDER = [...GUARDED.filter(({ id }) => !LAST.has(id)), ...GUARDED.filter(({ id }) => LAST.has(id))];

const rolesOf = ({ roles = [] }: Operation): readonly CallerRole[] => roles;

it('every operation that asks who calls is decided, for at least one role', () => {
  expect(OPERATIONS.filter(({ roles }) => roles !== undefined)).toEqual(GUARDED);
  expect(GUARDED.filter((operation) => rolesOf(operation).length === 0)).toEqual([]);
});

describe.each(ENGINES)('on %s', (engine) => {
  let world: DemoPlace;
  const browsers = new Map<Role, Browser>();
  beforeAll(async () => {
    world = await createWorld(engine);
    const server = await world.start();
    const { operator, support, ...others } = world.demo.console;
    const people = { operator_admin: operator, operator_support: support, ...others };
    for (const [role, person] of Object.entries(people)) {
      browsers.set(role as Role, await signInAs(server, person));
    }
  });
  afterAll(() => world.remove());

  it.each(IN_ORDER)('$id is for those roles that may, and for no other', async (operation) => {
    const { method, path, headers, body } = exampleRequest(operation.id);
    for (const [role, browser] of browsers) {
      const asPage = { ...headers, 'x-opentopup-console': '1' };
      const answer = await browser.send(method, path, asPage, body);
      const admitted = !(answer.status === 403 && answer.body.reason === 'access_denied');
      expect([role, admitted]).toEqual([role, rolesOf(operation).includes(role)]);
      expect([role, answer.status]).not.toEqual([role, 401]);
    }
  });
});
