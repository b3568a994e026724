import { type Answer, read } from './answer.ts';
import type { RunningServer } from './server.ts';

/** A request as it goes over the wire; its path begins at the server's root. */
export interface RawRequest {
  method: string;
  path: string;
  headers: Record<string, string>;
  body?: string;
}

/** Sends a request as it is. */
export async function exchange(server: RunningServer, { path, ...request }: RawRequest): Promise<Answer> {
  return read(await fetch(server.baseUrl + path, { ...request, redirect: 'manual' }));
}

/** The same request, about other things. */
export function about({ path, body, ...rest }: RawRequest, ids: ReadonlyMap<string, string>): RawRequest {
  const renamed = (text: string): string =>
    [...ids].reduce((renaming, [from, to]) => renaming.replaceAll(from, to), text);
  return { ...rest, path: renamed(path), ...(body === undefined ? {} : { body: renamed(body) }) };
}
