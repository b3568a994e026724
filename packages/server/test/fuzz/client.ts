import { Agent, request as httpRequest } from 'node:http';
import type { RunningServer } from '../support/server.ts';
import type { FuzzRequest } from './requests.ts';

export interface RawAnswer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  text: string;
}

/** A client that sends what it is told, over connections that it keeps. */
export function rawClient({ baseUrl }: RunningServer, deadline_ms: number) {
  const { hostname: host, port } = new URL(baseUrl);
  const agent = new Agent({ keepAlive: true, maxSockets: 50 });
  const send = ({ method, path, headers, body }: FuzzRequest): Promise<RawAnswer> =>
    new Promise((resolve, reject) => {
      const length: Record<string, number> = body === null ? {} : { 'content-length': Buffer.byteLength(body) };
      const request = httpRequest(
        {
          host,
          port,
          agent,
          method,
          path,
          headers: { ...headers, ...length },
          signal: AbortSignal.timeout(deadline_ms),
        },
        (response) => {
          const chunks: Buffer[] = [];
          // A stream has no end to wait for.
          if (response.headers['content-type'] === 'text/event-stream') {
            resolve({ status: response.statusCode ?? 0, headers: response.headers, text: '' });
            response.destroy();
            return;
          }
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.on('error', reject);
          response.on('end', () =>
            resolve({
              status: response.statusCode ?? 0,
              headers: response.headers,
              text: Buffer.concat(chunks).toString(),
            }),
          );
        },
      );
      request.on('error', (error: NodeJS.ErrnoException) => {
        // Headers too large to be read hide even the method: then HEAD is answered with a body too, and cut off.
        if (method === 'HEAD' && error.code === 'HPE_CLOSED_CONNECTION')
          resolve({ status: 400, headers: {}, text: '' });
        else reject(error);
      });
      request.end(body ?? undefined);
    });
  return { send, close: () => agent.destroy() };
}
