import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

interface Told {
  id: string;
  state: 'done' | 'failed';
  error?: string;
}

/** The supplier that the template of a connector speaks to: real HTTP, and a memory of what it was asked. */
export async function startTemplateSupplier(apiKey: string) {
  const recharges = new Map<string, Told>();

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let text = '';
    for await (const chunk of request) text += chunk;
    const send = (status: number, body: object): void => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    };
    if (request.headers['x-api-key'] !== apiKey) return send(401, { error: 'KEY' });
    if (request.method === 'GET') {
      const known = recharges.get(request.url?.split('/').at(-1) ?? '');
      return known ? send(200, known) : send(404, { error: 'UNKNOWN' });
    }
    const { reference, line } = JSON.parse(text) as { reference: string; line: string };
    const told: Told = line.endsWith('002')
      ? { id: `r-${reference}`, state: 'failed', error: 'BARRED' }
      : { id: `r-${reference}`, state: 'done' };
    recharges.set(reference, told);
    send(200, told);
  }

  const server = createServer((request, response) => void serve(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    delivered: () => [...recharges.values()].filter(({ state }) => state === 'done').length,
    stop: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}
