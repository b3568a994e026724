import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Book } from './book.ts';
import { Callbacks } from './callbacks.ts';
import { controlRoutes } from './control.ts';
import type { Dialect, Vendor, VendorAnswer, VendorRequest } from './dialect.ts';
import { Endings } from './endings.ts';
import { Faults, type RequestFault } from './faults.ts';
import { RequestLimit } from './limit.ts';
import { Pace } from './pace.ts';
import { routesBy } from './routes.ts';

const CONTROL = '/_control';
/** A million in the main unit. */
const BALANCE = 100_000_000;
const LARGEST_BODY = 1024 * 1024;

/** A simulator that listens. */
export interface ServedVendor {
  origin: string;
  vendor: Vendor;
  stop: () => Promise<void>;
}

async function readBody(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= LARGEST_BODY) chunks.push(chunk);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch {
    return undefined;
  }
}

/** Gives the answer as it goes out: what is no text becomes JSON. */
function send(response: ServerResponse, { status, body, headers }: VendorAnswer, isCut = false): void {
  const text = typeof body === 'string' ? body : body === undefined ? '' : JSON.stringify(body);
  const bytes = Buffer.from(text);
  response.writeHead(status, {
    ...(typeof body !== 'string' && body !== undefined && { 'content-type': 'application/json' }),
    ...headers,
    ...(status !== 204 && { 'content-length': String(bytes.length) }),
  });
  if (isCut) response.write(bytes.subarray(0, bytes.length / 2), () => response.socket?.destroy());
  else response.end(bytes);
}

/** Gives what answers the vendor's own paths: its limit, its credentials, its routes. */
function answering(vendor: Vendor, limit: RequestLimit): (request: VendorRequest) => Promise<VendorAnswer> {
  const find = routesBy(vendor.routes);
  const answer = async (request: VendorRequest, left: number | null): Promise<VendorAnswer> => {
    if (left !== null && left < 0) return vendor.refuse(429);
    const refused = vendor.authorize(request);
    if (refused) return refused;
    const found = find(request.method, request.path);
    return found ? found.route({ ...request, places: found.places }) : vendor.notFound();
  };
  return async (request) => {
    const left = limit.count(Date.now());
    const answered = await answer(request, left);
    const told = left === null ? {} : vendor.limitHeaders?.(limit.per_second, Math.max(0, left));
    return { ...answered, headers: { ...told, ...answered.headers } };
  };
}

/** Does a request as well as its fault lets it. */
async function serveFaulty(
  fault: RequestFault | null,
  response: ServerResponse,
  answer: () => Promise<VendorAnswer>,
  { vendor, pace }: { vendor: Vendor; pace: Pace },
): Promise<void> {
  const cut = (): void => void response.socket?.destroy();
  if (fault?.kind === 'cut_before') return cut();
  if (fault?.kind === 'delay') await pace.waitExactly(fault.ms);
  const isDone = !fault || !('done' in fault) || fault.done;
  const first = fault?.kind === 'twice' ? answer() : null;
  const answered = isDone ? await answer() : null;
  await first;
  if (fault?.kind === 'slow') await pace.waitExactly(fault.ms);
  if (fault?.kind === 'cut_after') cut();
  else if (fault?.kind === 'refuse') send(response, vendor.refuse(fault.status));
  else if (fault?.kind === 'answer') send(response, { status: fault.status, body: fault.body });
  else if (answered) send(response, answered, fault?.kind === 'cut_amid');
}

/** Plays a vendor over HTTP, on this machine only. @param port a free one where 0 */
export async function serveVendor(dialect: Dialect, port: number, speed: number): Promise<ServedVendor> {
  const pace = new Pace(speed);
  const book = new Book(BALANCE);
  const callbacks = new Callbacks(pace);
  const endings = new Endings();
  const vendor = dialect({ book, pace, callbacks, takeEnding: () => endings.take() });
  const faults = new Faults();
  const limit = new RequestLimit();
  const controls = routesBy(controlRoutes({ book, pace, callbacks, faults, limit, endings, vendor }));
  const answer = answering(vendor, limit);

  const control = async (request: VendorRequest): Promise<VendorAnswer> => {
    const found = controls(request.method, request.path);
    if (!found) return { status: 404, body: { error: 'there is no such control' } };
    return found.route({ ...request, places: found.places });
  };

  const serve = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { method = 'GET', headers } = incoming;
    const { pathname, searchParams: query } = new URL(incoming.url ?? '/', 'http://localhost');
    const body = await readBody(incoming);
    const given = { method, places: {}, query, headers, body };
    if (pathname.startsWith(`${CONTROL}/`)) {
      return send(response, await control({ ...given, path: pathname.slice(CONTROL.length) }));
    }
    const isOfVendor = pathname.startsWith(`${vendor.base}/`);
    const request = { ...given, path: pathname.slice(vendor.base.length) };
    const answered = () => (isOfVendor ? answer(request) : Promise.resolve(vendor.notFound()));
    await serveFaulty(faults.take(method, pathname), response, answered, { vendor, pace });
  };

  const server = createServer((incoming, response) => {
    // Whoever asked may be gone, and so may the simulator.
    serve(incoming, response).catch(() => incoming.socket.destroy());
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    vendor,
    stop: async () => {
      pace.stop();
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}
