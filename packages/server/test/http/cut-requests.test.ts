import { once } from 'node:events';
import { connect } from 'node:net';
import { OPERATIONS, type Operation } from '@opentopup/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signInAs } from '../support/browser.ts';
import { exampleRequest } from '../support/example-request.ts';
import { rawSignIn } from '../support/raw-caller.ts';
import { createWorld, type DemoPlace, type RunningServer } from '../support/server.ts';

const WITH_BODY = OPERATIONS.filter(({ method }) => method !== 'GET');

/** How somebody may break off in the middle of a body: what its head says of it, and what still comes. */
const WAYS = {
  'of the length that was told': ['content-length: 1000', '{"a":'],
  'in chunks': ['transfer-encoding: chunked', '5\r\n{"a":\r\n'],
  'in chunks that are none': ['transfer-encoding: chunked', '5\r\n{"a":\r\nnonsense\r\n'],
  'before its first byte': ['content-length: 1000', ''],
} as const;

describe('a request that is cut off in its body', () => {
  let world: DemoPlace;
  let server: RunningServer;
  let proofs: Record<Operation['access'], string>;

  beforeAll(async () => {
    world = await createWorld('postgresql');
    server = await world.start();
    const { token } = await rawSignIn(server, world.demo);
    const person = await signInAs(server, world.demo.console.viewer);
    const basic = Buffer.from(`${world.demo.client_id}:${world.demo.client_secret}`).toString('base64');
    proofs = {
      public: 'x-none: 1',
      supplier: 'x-none: 1',
      client: `authorization: Basic ${basic}`,
      distributor: `authorization: Bearer ${token}`,
      operator: `authorization: Bearer ${world.demo.admin_token}`,
      account: `cookie: ${person.cookies()}\r\nx-opentopup-console: 1`,
    };
  });
  afterAll(() => world.remove());

  const cut = async ({ id, access }: Operation, [told, sent]: readonly [string, string]): Promise<void> => {
    const { method, path, headers } = exampleRequest(id);
    const { hostname, port } = new URL(server.baseUrl);
    const type = headers['content-type'] ?? 'application/json';
    const socket = connect(Number(port), hostname);
    socket.on('error', () => {});
    await once(socket, 'connect');
    const head = [`${method} ${path} HTTP/1.1`, 'host: x', proofs[access], `content-type: ${type}`, told];
    socket.write(`${head.join('\r\n')}\r\nexpect: 100-continue\r\n\r\n`);
    // The server has the request, and waits for its body.
    await once(socket, 'data');
    socket.write(sent, () => socket.resetAndDestroy());
    await once(socket, 'close');
  };

  it.each(Object.entries(WAYS))('%s, is no business of whoever looks at the log', async (_, way) => {
    await Promise.all(WITH_BODY.map((operation) => cut(operation, way)));
    expect((await fetch(`${server.baseUrl}/live`)).status).toBe(200);
  });

  it('leaves no line above the level of every request', async () => {
    expect(await server.stop()).toBe(0);
    const lines = server
      .output()
      .split('\n')
      .filter((line) => line.startsWith('{'));
    expect(lines.filter((line) => line.includes('"route":"/live"'))).toHaveLength(Object.keys(WAYS).length);
    expect(lines.filter((line) => (JSON.parse(line) as { level: number }).level > 30)).toEqual([]);
  });
});
