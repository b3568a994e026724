import type { TSchema } from 'typebox';
import { Value } from 'typebox/value';
import { TooLong } from '../../values/read-at-most.ts';
import { SupplierFault } from '../call.ts';
import type { SupplierAccess } from '../connector.ts';
import type { ReloadlyApi } from './api.ts';
import { reloadlyAccount } from './settings.ts';

/** Small enough for whole pages of operators with all that belongs to them. */
const PAGE_SIZE = 50;
/** It has some hundreds of operators; a list that goes on for ever is none. */
const MOST_PAGES = 1_000;

interface PageOf<T> {
  content: T[];
  last?: boolean | null;
}

/** Reads a list page by page, from the first, which is number 1. Throws where one of them cannot be read. */
export async function* readReloadlyPages<T>(
  api: ReloadlyApi,
  supplier: SupplierAccess,
  path: string,
  schema: TSchema & { static?: PageOf<T> },
  signal: AbortSignal,
  size = PAGE_SIZE,
): AsyncGenerator<T[]> {
  for (let page = 1; page <= MOST_PAGES; page += 1) {
    const sent = await api.ask(reloadlyAccount(supplier), `${path}size=${size}&page=${page}`, { signal });
    if (sent.sent !== 'answered') throw new SupplierFault(sent.why);
    const { status, body } = sent;
    if (status !== 200 || !Value.Check(schema, body)) throw new SupplierFault(`its answer of ${status} makes no sense`);
    const { content, last } = body as PageOf<T>;
    if (content.length > 0) yield content;
    if (content.length === 0 || last === true) return;
  }
  throw new TooLong(`it has more than ${MOST_PAGES} pages`);
}
