import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** A request on its way to the server. */
export interface Passing {
  method: string;
  /** With its query. */
  path: string;
  headers: Record<string, string>;
  body: string;
}

/** An answer on its way back. */
export interface Returning {
  status: number;
  type: string;
  body: string;
  /** When it may be asked again, where it was asked too often. */
  retryAfter: string | null;
}

/** One way in which a server does not keep to the description. */
export interface Plant {
  /** Changes what the server is asked. */
  asked?: (passing: Passing) => Passing;
  /** Changes what it has answered; `again` asks it something else. */
  answered?: (returning: Returning, passing: Passing, again: (passing: Passing) => Promise<Returning>) => unknown;
}

/** A server that is another one, but for what is planted. */
export interface DeviatingProxy {
  origin: string;
  plant: (plant: Plant) => void;
  stop: () => Promise<void>;
}

/** Starts an HTTP server in front of another one. */
export async function startDeviatingProxy(target: string): Promise<DeviatingProxy> {
  let planted: Plant = {};
  const ask = async ({ method, path, headers, body }: Passing): Promise<Returning> => {
    const hasBody = method !== 'GET' && method !== 'HEAD';
    const response = await fetch(target + path, { method, headers, ...(hasBody && { body }), redirect: 'manual' });
    return {
      status: response.status,
      type: response.headers.get('content-type') ?? '',
      body: await response.text(),
      retryAfter: response.headers.get('retry-after'),
    };
  };
  const server = createServer((request, response) => {
    void (async () => {
      const { host: _host, connection: _connection, 'content-length': _length, ...rest } = request.headers;
      const headers = Object.fromEntries(Object.entries(rest).map(([name, value]) => [name, String(value)]));
      const passing = { method: request.method ?? '', path: request.url ?? '/', headers, body: await text(request) };
      const asked = planted.asked?.(passing) ?? passing;
      const returning = await ask(asked);
      const changed = ((await planted.answered?.(returning, passing, ask)) ?? returning) as Returning | 'cut';
      if (changed === 'cut') return request.socket.destroy();
      const { status, type, body, retryAfter } = changed;
      response
        .writeHead(status, { 'Content-Type': type, ...(retryAfter !== null && { 'Retry-After': retryAfter }) })
        .end(body);
    })().catch((error: unknown) => response.writeHead(502).end(String(error)));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    plant: (plant) => {
      planted = plant;
    },
    stop: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}
