import type { RunningServer } from './server.ts';

/** An answer over HTTP, read. */
export interface Answer {
  status: number;
  headers: Headers;
  /** Parsed where it is JSON; tests look into it freely. */
  body: any;
}

/** Somebody who calls the server with a token, as any HTTP client would. */
export interface Caller {
  token: string;
  get: (path: string, headers?: Record<string, string>) => Promise<Answer>;
  /** Sends a body as JSON, or as it is when it is text. */
  post: (path: string, body: unknown, headers?: Record<string, string>) => Promise<Answer>;
  /** Sends a thing as a whole, as JSON. */
  put: (path: string, body: unknown) => Promise<Answer>;
  /** Sends a change as JSON. */
  patch: (path: string, body: unknown, headers?: Record<string, string>) => Promise<Answer>;
  delete: (path: string) => Promise<Answer>;
  /** Sends a file as it is. */
  upload: (path: string, file: string | Uint8Array<ArrayBuffer>, type: string) => Promise<Answer>;
  /** Orders a top-up. */
  sell: (offer_id: string, parameters: unknown, headers?: Record<string, string>) => Promise<Answer>;
  /** Units in stock of an offer. */
  stock: (offer_id: string) => Promise<number>;
}

/** An answer with its body. */
export async function read(response: Response): Promise<Answer> {
  // A stream has no end to wait for.
  if (response.headers.get('content-type') === 'text/event-stream') {
    await response.body?.cancel();
    return { status: response.status, headers: response.headers, body: '' };
  }
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.startsWith('application/json');
  return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text };
}

/** A caller with a token that it already has. */
export function callerWith(server: RunningServer, token: string): Caller {
  const send = async (
    method: string,
    path: string,
    headers: Record<string, string>,
    body?: string | Uint8Array<ArrayBuffer>,
  ): Promise<Answer> => {
    const request = { method, headers: { authorization: `Bearer ${token}`, ...headers } };
    return read(await fetch(server.baseUrl + path, body === undefined ? request : { ...request, body }));
  };
  const sendJson = (method: string, path: string, body: unknown, headers: Record<string, string>): Promise<Answer> =>
    send(
      method,
      path,
      { 'content-type': 'application/json', ...headers },
      typeof body === 'string' ? body : JSON.stringify(body),
    );
  const caller: Caller = {
    token,
    get: (path, headers = {}) => send('GET', path, headers),
    post: (path, body, headers = {}) => sendJson('POST', path, body, headers),
    put: (path, body) => sendJson('PUT', path, body, {}),
    patch: (path, body, headers = {}) => sendJson('PATCH', path, body, headers),
    delete: (path) => send('DELETE', path, {}),
    upload: (path, file, type) => send('POST', path, { 'content-type': type }, file),
    sell: (offer_id, parameters, headers) =>
      caller.post('/distributors/transactions', { offer_id, parameters }, headers),
    stock: async (offer_id) => (await caller.get(`/distributors/offers/${offer_id}`)).body.bucket as number,
  };
  return caller;
}

/** A distributor's caller: it gets its token first. */
export async function signIn(
  server: RunningServer,
  client: { client_id: string; client_secret: string },
): Promise<Caller> {
  const basic = Buffer.from(`${client.client_id}:${client.client_secret}`).toString('base64');
  const response = await fetch(`${server.baseUrl}/oauth/v3/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${basic}` },
    body: new URLSearchParams({ grant_type: 'client_credentials' }),
  });
  const { body, status } = await read(response);
  if (status !== 200) throw new Error(`no token: ${JSON.stringify(body)}`);
  return callerWith(server, body.access_token as string);
}
