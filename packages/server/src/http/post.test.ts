import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAddressRules } from './allowed-addresses.ts';
import { createPost } from './post.ts';

const never = new AbortController().signal;

let answer: RequestListener = (_, response) => response.writeHead(204).end();
let asked = 0;
const server = createServer((request, response) => {
  asked++;
  answer(request, response);
});
let port = 0;
beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  ({ port } = server.address() as AddressInfo);
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

/** What posting to a host comes to that resolves to these addresses, and how often it was resolved. */
async function postTo(host: string, ips: string[], allow: string[] = []) {
  let resolved = 0;
  const resolve = async (): Promise<string[]> => {
    resolved++;
    return ips;
  };
  const before = asked;
  const post = createPost(createAddressRules(allow), resolve);
  const attempt = await post(`${host}:${port}/hook`, {}, '{}', never);
  return { ...attempt, resolved, asked: asked - before };
}

describe('a name that resolves', () => {
  it.each([
    ['to this machine', ['127.0.0.1']],
    ['to a private address', ['10.0.0.1']],
    ['to the metadata of a cloud', ['169.254.169.254']],
    ['to a private address among public ones', ['93.184.216.34', '127.0.0.1']],
    ['to an IPv6 address that holds a private one', ['::ffff:127.0.0.1']],
  ])('%s is not called', async (_, ips) => {
    expect(await postTo('https://shop.example', ips)).toMatchObject({
      status: null,
      error: 'the host is not at a public address',
      asked: 0,
    });
  });

  it('to nothing is not called', async () => {
    expect(await postTo('https://shop.example', [])).toMatchObject({ status: null, error: 'the host has no address' });
  });

  it('to where it may is called there, and resolved once: what it resolves to later counts for nothing', async () => {
    const answered = await postTo('http://shop.example', ['127.0.0.1'], ['127.0.0.0/8']);
    expect(answered).toMatchObject({ status: 204, error: null, resolved: 1, asked: 1 });
  });

  it('to another address than its exception says is not called without TLS', async () => {
    expect(await postTo('http://shop.example', ['127.0.0.1'], ['10.0.0.0/8'])).toMatchObject({
      status: null,
      asked: 0,
    });
  });
});

describe('an endpoint', () => {
  const post = () => postTo('http://127.0.0.1', [], ['127.0.0.1']);

  it('that redirects is not followed', async () => {
    answer = (_, response) => response.writeHead(302, { location: `http://127.0.0.1:${port}/elsewhere` }).end();
    expect(await post()).toMatchObject({ status: 302, error: 'answered 302', asked: 1 });
  });

  it('that answers without end is read no further than what is kept of it', async () => {
    answer = (_, response) => {
      const more = setInterval(() => response.write('x'.repeat(100_000)), 1);
      response.once('close', () => clearInterval(more));
      response.writeHead(200);
    };
    expect(await post()).toMatchObject({ status: 200, text: 'x'.repeat(500), error: null });
  });

  it('that hangs up is not said to have answered', async () => {
    answer = (request) => request.socket.destroy();
    expect(await post()).toMatchObject({ status: null, error: 'ECONNRESET' });
  });

  it('keeps its answer apart from the log: no control characters are kept', async () => {
    answer = (_, response) => response.writeHead(500, { 'retry-after': '7' }).end('a\u0000b\nc');
    expect(await post()).toMatchObject({ status: 500, text: 'a b c', retry_after: '7' });
  });

  it('that does not answer is given up when the server stops', async () => {
    answer = () => {};
    const stopping = new AbortController();
    const called = createPost(createAddressRules(['127.0.0.1']))(`http://127.0.0.1:${port}`, {}, '{}', stopping.signal);
    setTimeout(() => stopping.abort(), 50);
    expect(await called).toMatchObject({ status: null });
  });
});
