import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { vi } from 'vitest';

/** A webhook as it came. */
export interface Received {
  headers: Record<string, string>;
  body: string;
  /** The body, parsed; tests look into it freely. */
  event: any;
}

/** What an endpoint does with a request: a status to answer, or it sees to the answer itself. */
type Reaction = number | ((response: ServerResponse) => void);

/** Never answers. */
export const HANG = (): void => {};

/** An endpoint of a distributor: a server of its own on this machine. */
export interface Receiver {
  url: string;
  /** All that came, in its order. */
  received: Received[];
  /** What came of events of this type. */
  of: (type: string) => Received[];
  /** How it answers from now on; 204 unless told. */
  react: (to: (received: Received) => Reaction) => void;
  /** Waits until a fact holds of what came. */
  waitFor: (holds: (received: Received[]) => unknown, timeout_ms?: number) => Promise<void>;
  stop: () => Promise<void>;
}

const textOf = (headers: IncomingHttpHeaders): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));

export async function startReceiver(): Promise<Receiver> {
  const received: Received[] = [];
  let reactTo: (received: Received) => Reaction = () => 204;
  const receive = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await text(request);
    const each = { headers: textOf(request.headers), body, event: JSON.parse(body) };
    received.push(each);
    const reaction = reactTo(each);
    if (typeof reaction === 'number') response.writeHead(reaction).end();
    else reaction(response);
  };
  // A request that is cut off has not come.
  const server = createServer((request, response) => void receive(request, response).catch(() => {}));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    received,
    of: (type) => received.filter(({ event }) => event.type === type),
    react: (to) => {
      reactTo = to;
    },
    waitFor: async (holds, timeout = 60_000) => {
      await vi.waitFor(
        () => {
          if (!holds(received))
            throw new Error(`so far came ${JSON.stringify(received.map(({ event }) => event.type))}`);
        },
        { timeout, interval: 30 },
      );
    },
    stop: async () => {
      if (!server.listening) return;
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
