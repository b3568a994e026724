import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** What goes wrong with one request. `passOn`: the server gets it nevertheless, and carries it out. */
export type NetworkFault =
  /** The connection ends without an answer. */
  | { kind: 'cut'; passOn: boolean }
  /** The connection ends in the middle of the server's answer; of a stream, in the middle of its first event. */
  | { kind: 'cut_amid' }
  /** The server gets the request this much later, whether or not somebody still waits. */
  | { kind: 'delay'; ms: number }
  /** The server gets the request at once, its answer comes this much later. */
  | { kind: 'slow'; ms: number }
  /** Another answer in place of the server's. */
  | { kind: 'answer'; passOn: boolean; status: number; body?: string; headers?: Record<string, string> }
  /** No HTTP at all. */
  | { kind: 'garbage'; passOn: boolean };

export interface FaultProxy {
  url: string;
  /** The next request of this method to a path that ends so fails like this; several wait in line. */
  fail: (method: string, path: string, ...faults: NetworkFault[]) => void;
  /** How many requests are held back by a delay. */
  heldBack: () => number;
  /** Forgets the faults that are still waiting. */
  heal: () => void;
  /** Nobody listens any more: connections are refused. */
  refuse: () => Promise<void>;
  /** Listens again, at the same address. */
  accept: () => Promise<void>;
  stop: () => Promise<void>;
}

interface Passed {
  status: number;
  headers: IncomingMessage['headers'];
  /** A stream of events is passed on as it comes, any other answer as a whole. */
  body: Buffer | IncomingMessage;
}

async function read(stream: AsyncIterable<Buffer>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** Passes a stream on, until either side ends it. @param isCut in the middle of its first event */
async function passStream(stream: IncomingMessage, answer: ServerResponse, isCut: boolean): Promise<void> {
  answer.once('close', () => stream.destroy());
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    if (isCut && chunk.includes('data:')) return cutAmid(chunk, answer);
    answer.write(chunk);
  }
  answer.end();
}

const cutAmid = (body: Buffer, answer: ServerResponse): void => {
  answer.write(body.subarray(0, body.length / 2), () => answer.socket?.destroy());
};

/** Starts a real HTTP proxy in front of a server, which does to requests what networks and other proxies do to them. */
export async function startFaultProxy(target: string): Promise<FaultProxy> {
  const waiting: { method: string; path: string; fault: NetworkFault }[] = [];
  let heldBack = 0;

  const passOn = async (incoming: IncomingMessage, body: Buffer): Promise<Passed> => {
    const { method, headers, url = '/' } = incoming;
    // A connection of its own for each: what happens here is this proxy's doing alone.
    const outgoing = request(new URL(url, target), { method: method ?? 'GET', headers, agent: false });
    outgoing.end(body);
    const [answer] = (await once(outgoing, 'response')) as [IncomingMessage];
    const { statusCode: status = 0, headers: answered } = answer;
    const isStream = answered['content-type'] === 'text/event-stream';
    return { status, headers: answered, body: isStream ? answer : await read(answer) };
  };

  const faultOf = ({ method, url = '' }: IncomingMessage): NetworkFault | undefined => {
    const path = url.split('?')[0] ?? '';
    const at = waiting.findIndex((each) => each.method === method && path.endsWith(each.path));
    return at < 0 ? undefined : waiting.splice(at, 1)[0]?.fault;
  };

  const serve = async (incoming: IncomingMessage, answer: ServerResponse): Promise<void> => {
    const body = await read(incoming);
    const fault = faultOf(incoming);
    if (fault?.kind === 'delay') {
      heldBack += 1;
      await sleep(fault.ms);
    }
    const isPassed = !fault || !('passOn' in fault) || fault.passOn;
    const passed = isPassed ? await passOn(incoming, body) : null;
    if (fault?.kind === 'delay') heldBack -= 1;
    if (fault?.kind === 'slow') await sleep(fault.ms);
    if (fault?.kind === 'cut') incoming.socket.destroy();
    else if (fault?.kind === 'garbage') incoming.socket.end('\x16\x03 this is not HTTP\r\n\r\n');
    else if (fault?.kind === 'answer') answer.writeHead(fault.status, fault.headers).end(fault.body ?? '');
    else if (passed) {
      answer.writeHead(passed.status, passed.headers);
      const isCut = fault?.kind === 'cut_amid';
      if (!Buffer.isBuffer(passed.body)) await passStream(passed.body, answer, isCut);
      else if (isCut) cutAmid(passed.body, answer);
      else answer.end(passed.body);
    }
  };

  const server = createServer((incoming, answer) => {
    // Whoever asked may be gone when the answer comes, and so may the server.
    serve(incoming, answer).catch(() => incoming.socket.destroy());
  });
  const listen = async (port: number): Promise<number> => {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    return (server.address() as AddressInfo).port;
  };
  const close = async (): Promise<void> => {
    if (!server.listening) return;
    server.close();
    server.closeAllConnections();
    await once(server, 'close');
  };

  const port = await listen(0);
  return {
    url: `http://127.0.0.1:${port}`,
    fail: (method, path, ...faults) => waiting.push(...faults.map((fault) => ({ method, path, fault }))),
    heldBack: () => heldBack,
    heal: () => waiting.splice(0),
    refuse: close,
    accept: async () => {
      await listen(port);
    },
    stop: close,
  };
}
