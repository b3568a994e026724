import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import {
  createMcpHandler,
  hostHeaderValidationResponse,
  localhostAllowedHostnames,
  localhostAllowedOrigins,
  type McpServer,
  originValidationResponse,
} from '@modelcontextprotocol/server';
import type { CliSession } from '@opentopup/client/cli/session';

const TOKEN = 'OPENTOPUP_MCP_TOKEN';
const PATH = '/mcp';
const LARGEST_BODY = 64 * 1024;

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Tells why a request is not served: a page that a browser shows must reach nothing here, nor anybody without the token. */
function refusalOf(request: Request, token: string): Response | undefined {
  const foreign =
    hostHeaderValidationResponse(request, localhostAllowedHostnames()) ??
    originValidationResponse(request, localhostAllowedOrigins());
  if (foreign) return foreign;
  if (new URL(request.url).pathname !== PATH) return new Response(null, { status: 404 });
  const given = /^Bearer +(\S+) *$/i.exec(request.headers.get('authorization') ?? '')?.[1] ?? '';
  if (timingSafeEqual(digest(given), digest(token))) return undefined;
  return new Response(null, { status: 401, headers: { 'WWW-Authenticate': 'Bearer realm="opentopup"' } });
}

function requestOf(message: IncomingMessage, signal: AbortSignal): Request {
  const { method = 'GET', url = '/', headers } = message;
  const init = {
    method,
    headers: Object.entries(headers).flatMap(([name, value]): [string, string][] =>
      typeof value === 'string' ? [[name, value]] : (value ?? []).map((each) => [name, each]),
    ),
    signal,
    ...(method === 'GET' || method === 'HEAD' ? {} : { body: Readable.toWeb(message), duplex: 'half' as const }),
  };
  return new Request(new URL(url, 'http://127.0.0.1'), init);
}

async function answer(response: Response, reply: ServerResponse): Promise<void> {
  reply.writeHead(response.status, Object.fromEntries(response.headers));
  if (response.body) await pipeline(Readable.fromWeb(response.body as never), reply);
  else reply.end();
}

/** Serves over streamable HTTP on this machine, to whoever has the token, until it is interrupted. */
export async function serveOnHttp(
  make: () => McpServer,
  port: number,
  { signal, io, out }: CliSession,
  words: { ready: (url: string) => string; token: (token: string, name: string) => string },
): Promise<void> {
  const given = io.env[TOKEN];
  const token = given || randomBytes(24).toString('base64url');
  const onerror = (error: Error) => void io.stderr.write(`${error.message}\n`);
  const handler = createMcpHandler(make, { maxRequestBodySize: LARGEST_BODY, onerror });
  const serve = async (message: IncomingMessage, reply: ServerResponse): Promise<void> => {
    const gone = new AbortController();
    reply.on('close', () => gone.abort());
    const request = requestOf(message, gone.signal);
    await answer(refusalOf(request, token) ?? (await handler.fetch(request)), reply);
  };
  const server = createServer((message, reply) => {
    serve(message, reply).catch((error: Error) => {
      if (!reply.destroyed) onerror(error);
      reply.destroy();
    });
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  out.note(words.ready(`http://127.0.0.1:${(server.address() as AddressInfo).port}${PATH}`));
  if (!given) out.note(words.token(token, TOKEN));
  if (!signal.aborted) await once(signal, 'abort');
  await handler.close();
  server.close();
  server.closeAllConnections();
}
