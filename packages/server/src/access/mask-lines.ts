import { MASKED_ROLES, type Refusal } from '@opentopup/contract';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { noteChange } from '../audit/audit.store.ts';
import type { Context } from '../context.ts';
import { RefusalError } from '../http/refusal-error.ts';
import { maskedForStaff, maskedText } from '../values/line.ts';
import { admitRequest } from './admit-attempt.ts';
import { actorOf } from './auth.ts';

/** What names a line or a SIM, wherever it stands in an answer. */
const LINES = new Set(['msisdn', 'simId', 'iccid', 'imsi', 'nsce', 'line']);
/** Words of others, which may hold numbers. */
const TEXTS = new Set(['supplier_message', 'pending_cause', 'justification', 'decision_justification']);
/** What installs or unlocks an eSIM, and what was handed over with a recharge. */
const KEYS = new Set(['activation_code', 'matching_id', 'smdp_url', 'pin_code', 'puk', 'receipt', 'lpa']);

/** Returns true for a caller whose role sees sales, but no numbers. */
export const seesMasked = ({ caller }: FastifyRequest): boolean =>
  caller !== null && MASKED_ROLES.includes(caller.role);

/** Returns the same answer without the numbers of lines and SIMs, and without what installs an eSIM. */
export function masked(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(masked);
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => !KEYS.has(name))
      .map(([name, inner]) => [name, typeof inner === 'string' ? maskedField(name, inner) : masked(inner)]),
  );
}

function maskedField(name: string, text: string): string {
  if (LINES.has(name)) return maskedForStaff(text);
  return TEXTS.has(name) ? maskedText(text) : text;
}

/** Lists the lines that a request asks about in its query, whatever the route. */
const linesIn = ({ query }: FastifyRequest): string[] =>
  Object.entries(query as Record<string, string | string[]>)
    .filter(([name]) => LINES.has(name))
    .flatMap(([, written]) => written)
    .filter((written) => written !== '');

/** Masks every JSON answer to those roles, whatever the route; and lets them look for lines only slowly. */
export function maskLines(app: FastifyInstance, ctx: Context): void {
  const admitSearches = async (request: FastifyRequest): Promise<void> => {
    const { caller } = request;
    const { session = null, client_id = null, distributor = null } = caller ?? {};
    const searcher = session?.account_id ?? client_id ?? '';
    const distributor_id = session ? session.distributor_id : (distributor?.id ?? null);
    for (const line of linesIn(request)) {
      const refusal = await admitSearch(ctx, { searcher, distributor_id, actor: actorOf(request) }, line);
      if (refusal) throw new RefusalError(refusal);
    }
  };
  app.addHook('preHandler', (request, _reply, done) => {
    if (seesMasked(request)) admitSearches(request).then(() => done(), done);
    else done();
  });
  app.addHook('preSerialization', (request, _reply, payload, done) =>
    done(null, seesMasked(request) ? masked(payload) : payload),
  );
}

/** How many lines somebody may look for in a quarter of an hour who is shown none. */
const SEARCHES = 20;

/**
 * Lets somebody look for a line who is shown lines masked. A support desk types the number that a customer tells it; whoever
 * tries the digits that are masked, one after the other, would find them out. So searches are few, and all in the audit trail.
 * @param written the line as it was typed
 */
async function admitSearch(
  ctx: Context,
  who: { searcher: string; distributor_id: string | null; actor: string },
  written: string,
): Promise<Refusal | null> {
  const { searcher, distributor_id, actor } = who;
  const refusal = await admitRequest(ctx, ['searches of', searcher], SEARCHES);
  if (refusal) return refusal;
  const details = { after: { line: maskedText(written) } };
  await noteChange(ctx.store.db, {
    at: ctx.now(),
    actor,
    action: 'line.searched',
    subject: searcher,
    distributor_id,
    details,
  });
  return null;
}
