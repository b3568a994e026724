import type { SuccessAnswer } from './answers.ts';
import type { Call, OperationCaller } from './caller.ts';
import { UnreadableAnswerError } from './errors.ts';

const PAGE = 100;

/** Makes the identity of an entry: what tells it from the others of its list. */
function identity(entry: unknown): string {
  const { id } = (entry ?? {}) as { id?: unknown };
  return typeof id === 'string' ? id : JSON.stringify(entry);
}

/**
 * Gives the query of the address that `Link` gives for the next page (RFC 8288). Only the query: never another server.
 */
export function nextQuery(link: string | null): Record<string, string> | null {
  const [, target] = /<([^>]*)>\s*;[^,]*\brel="?next\b/i.exec(link ?? '') ?? [];
  if (target === undefined) return null;
  return Object.fromEntries(new URL(target, 'http://localhost').searchParams);
}

type Query = Record<string, unknown>;

/**
 * Gives the pages of a list, each with what the one before did not have. Follows `Link: rel="next"` where the server
 * gives it; else asks on until a page brings nothing new: a server may give shorter pages than were asked for, and new
 * entries may push old ones back.
 */
export async function* eachPage(
  ask: (query: Query) => Promise<SuccessAnswer>,
  asked: Query = {},
): AsyncGenerator<unknown[], void, undefined> {
  let query: Query = { ...asked, limit: asked['limit'] ?? PAGE };
  let offset = Number(asked['offset'] ?? 0);
  let before = new Set<string>();
  let linked = false;
  for (;;) {
    const { body, headers } = await ask(query);
    if (!Array.isArray(body)) throw new UnreadableAnswerError('a list was asked for, and something else came', false);
    const fresh = body.filter((entry) => !before.has(identity(entry)));
    yield fresh;
    const next = nextQuery(headers.get('link'));
    // A server that links its pages links all but the last.
    if (fresh.length === 0 || (linked && !next)) return;
    linked = next !== null;
    before = new Set(body.map(identity));
    offset += body.length;
    query = next ?? { ...query, offset };
  }
}

/** Gives every entry of a list, each once, page by page as they are asked for. */
export async function* eachEntry<T>(caller: OperationCaller, call: Call): AsyncGenerator<T, void, undefined> {
  for await (const page of eachPage((query) => caller.answer({ ...call, query }), call.query)) yield* page as T[];
}
