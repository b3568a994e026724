import { type Answer, read } from './answer.ts';
import type { RunningServer } from './server.ts';

/** A request as it goes over the wire; its path begins at the server's root. */
export interface Exchange {
  method: string;
  path: string;
  headers: Record<string, string>;
  body?: string;
}

/** Sends a request as it is. */
export async function exchange(server: RunningServer, { path, ...request }: Exchange): Promise<Answer> {
  return read(await fetch(server.baseUrl + path, { ...request, redirect: 'manual' }));
}

/** The same request, about other things. */
export function about({ path, body, ...rest }: Exchange, ids: ReadonlyMap<string, string>): Exchange {
  const renamed = (text: string): string =>
    [...ids].reduce((renaming, [from, to]) => renaming.replaceAll(from, to), text);
  return { ...rest, path: renamed(path), ...(body === undefined ? {} : { body: renamed(body) }) };
}
