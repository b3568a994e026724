import { setTimeout as sleep } from 'node:timers/promises';
import Type, { type Static, type TSchema } from 'typebox';
import { Value } from 'typebox/value';
import { SupplierFault } from '../call.ts';
import type { SupplierAccess } from '../connector.ts';
import { askDtone } from './ask.ts';
import { NO_TRANSACTION } from './meanings.ts';
import { DtoneErrors } from './outcomes.ts';

/** The most that it gives at once. */
const PER_PAGE = 100;
/** Where it has had enough requests for a second, it is asked again after one, so many times. */
const TRIES = 10;
const PAUSE_MS = 1_000;

/** A page, and how many entries there are on all of them. */
interface ReadPage<T> {
  entries: T[];
  total: number;
}

async function readPage<T extends TSchema>(
  supplier: SupplierAccess,
  path: string,
  schema: T,
  signal: AbortSignal,
): Promise<ReadPage<Static<T>>> {
  for (let i = 0; ; i += 1) {
    const sent = await askDtone(supplier, { method: 'GET', path, signal });
    if (sent.sent !== 'answered') throw new SupplierFault(`it could not be asked: ${sent.why}`);
    if (sent.status === 429 && i < TRIES) {
      await sleep(PAUSE_MS, undefined, { signal });
      continue;
    }
    const entries = sent.body;
    const isNone = sent.status === 404 && Value.Check(DtoneErrors, entries);
    if (isNone && entries.errors.every(({ code }) => code === NO_TRANSACTION)) return { entries: [], total: 0 };
    const total = Number(sent.headers.get('x-total') ?? Number.NaN);
    const isRead = sent.status === 200 && Value.Check(Type.Array(schema), entries) && Number.isInteger(total);
    if (!isRead) throw new SupplierFault(`its answer of ${sent.status} to ${path.split('?')[0]} makes no sense`);
    return { entries, total };
  }
}

/** Reads a list page by page. Throws where what was read is not all: something came or went meanwhile. */
export async function* readAll<T extends TSchema & { static?: unknown }>(
  supplier: SupplierAccess,
  path: string,
  schema: T,
  signal: AbortSignal,
): AsyncGenerator<Static<T>[]> {
  const ids = new Set<unknown>();
  let read = 0;
  for (let page = 1; ; page += 1) {
    const query = `${path.includes('?') ? '&' : '?'}page=${page}&per_page=${PER_PAGE}`;
    const { entries, total } = await readPage(supplier, path + query, schema, signal);
    for (const entry of entries) ids.add((entry as { id: unknown }).id);
    read += entries.length;
    if (entries.length > 0) yield entries;
    if (read < total && entries.length > 0) continue;
    if (ids.size !== total)
      throw new SupplierFault(`it has told ${ids.size} of ${total}: its list has changed meanwhile`);
    return;
  }
}
