import { connect, createServer, type Server, type Socket } from 'node:net';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answerMalformed } from './malformed.ts';

describe('what never became a request', () => {
  let server: Server;
  let code: string;
  let closed: Promise<unknown>;

  beforeAll(async () => {
    server = createServer((socket: Socket) => {
      closed = new Promise((resolve) => socket.once('close', resolve));
      answerMalformed(pino({ enabled: false }), Object.assign(new Error('secret'), { code }), socket);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterAll(() => server.close());

  const answerTo = async (failure: string): Promise<string> => {
    code = failure;
    const { port } = server.address() as { port: number };
    const text = await new Promise<string>((resolve, reject) => {
      let read = '';
      const socket = connect(port, '127.0.0.1');
      socket.on('data', (chunk) => (read += chunk)).on('error', reject);
      socket.on('close', () => resolve(read));
    });
    await closed;
    return text;
  };

  it.each([
    ['HPE_INVALID_METHOD', 'HTTP/1.1 400 Bad Request', 'malformed_request', 0],
    ['HPE_HEADER_OVERFLOW', 'HTTP/1.1 400 Bad Request', 'malformed_request', 0],
    ['ERR_HTTP_REQUEST_TIMEOUT', 'HTTP/1.1 408 Request Time-out', 'request_timeout', 0],
  ])('is answered for %s, and its connection ended', async (failure, status, reason, ofTheApi) => {
    const [head = '', text = ''] = (await answerTo(failure)).split('\r\n\r\n');
    const [first, ...headers] = head.split('\r\n');
    const body = JSON.parse(text);
    expect(first).toBe(status);
    expect(headers).toContain('Connection: close');
    expect(headers).toContain(`X-Request-Id: ${body.request_id}`);
    expect(headers).toContain(`Content-Length: ${Buffer.byteLength(text)}`);
    expect(body).toMatchObject({ code: ofTheApi, reason });
    expect(text).not.toContain('secret');
  });

  it('is not answered where nobody listens any more', async () => {
    expect(await answerTo('ECONNRESET')).toBe('');
  });
});
