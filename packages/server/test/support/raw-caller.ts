import { type Answer, read } from './answer.ts';
import { callerThat, type PathCaller } from './caller.ts';
import type { RunningServer } from './server.ts';

/** Whoever speaks HTTP to the server: for tests about the wire itself, with what the client would not send or would hide. */
export interface RawCaller extends PathCaller {
  /** Sends a file as it is. */
  upload: (path: string, file: string | Uint8Array<ArrayBuffer>, type: string) => Promise<Answer>;
}

/** A raw caller with a token that it already has. A body is sent as JSON, or as it is when it is text. */
export function rawCallerWith(server: RunningServer, token: string): RawCaller {
  const send = async (
    method: string,
    path: string,
    body: string | Uint8Array<ArrayBuffer> | undefined,
    headers: Record<string, string>,
  ): Promise<Answer> => {
    const request = { method, headers: { authorization: `Bearer ${token}`, ...headers } };
    return read(await fetch(server.baseUrl + path, body === undefined ? request : { ...request, body }));
  };
  const sendJson: Parameters<typeof callerThat>[0] = (method, path, body, headers) => {
    if (body === undefined) return send(method, path, undefined, headers);
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    return send(method, path, text, { 'content-type': 'application/json', ...headers });
  };
  return {
    ...callerThat(sendJson, token),
    upload: (path, file, type) => send('POST', path, file, { 'content-type': type }),
  };
}

/** A distributor's raw caller: it gets its token first. */
export async function rawSignIn(
  server: RunningServer,
  client: { client_id: string; client_secret: string },
): Promise<RawCaller> {
  const basic = Buffer.from(`${client.client_id}:${client.client_secret}`).toString('base64');
  const response = await fetch(`${server.baseUrl}/oauth/v3/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${basic}` },
    body: new URLSearchParams({ grant_type: 'client_credentials' }),
  });
  const { body, status } = await read(response);
  if (status !== 200) throw new Error(`no token: ${JSON.stringify(body)}`);
  return rawCallerWith(server, body.access_token as string);
}
