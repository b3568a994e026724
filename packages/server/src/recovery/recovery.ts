import { type Recovery, type RecoveryBookings, type Refusal, refuse, ruleOf, wireDate } from '@opentopup/contract';
import { noteChange } from '../audit/audit.store.ts';
import type { Context } from '../context.ts';
import { newId } from '../database/ids.ts';
import { fittingOffers } from '../reconciliation/book-lost-sale.ts';
import { endCase } from '../reconciliation/end-case.ts';
import { startReconciliation } from '../reconciliation/reconcile-supplier.ts';
import { readDays } from '../reconciliation/reconciliations.query.ts';
import { cutWaiting } from '../sales/parking/parked-orders.store.ts';
import {
  countBooked,
  findRecovery,
  isKnownRestore,
  listLost,
  listSearched,
  type RecoveryRow,
  type SearchedSupplier,
} from './recoveries.query.ts';
import { addRecovery, closeRecovery } from './recoveries.store.ts';

const AT_ONCE = 500;
const DAY_MS = 24 * 60 * 60_000;
/** Why, where no person says it: `serverWords` has it in every language. */
const ONE_OFFER_FITS = 'one offer fits';
/** As whom it is begun by the setting. */
const SETTING = 'RESTORED_SINCE';

/** Says that a backup was restored: closes sales, and asks all suppliers that list what they have delivered since. */
export async function beginRecovery(ctx: Context, since: Date, actor: string): Promise<Recovery | Refusal> {
  const { db } = ctx.store;
  const begun_at = ctx.now();
  if (since >= begun_at)
    return refuse('invalid_body_field', { field: 'since', detail: 'a moment that has passed is needed' });
  await db.transaction(async (tx) => {
    const id = newId();
    await addRecovery(tx, { id, since, begun_by: actor, begun_at });
    const row = await findRecovery(tx);
    if (row?.id !== id) return;
    // What waited when the backup was made may have been sold since, and would be sold again.
    await cutWaiting(tx, begun_at);
    await noteChange(tx, { at: begun_at, actor, action: 'recovery.begun', subject: id, details: { since } });
    ctx.alert('a restore is being recovered from: nothing is sold live', { since: wireDate(since) });
  });
  const row = await findRecovery(db);
  if (!row) throw new Error('a recovery that was just kept is not there');
  const days = await readDays(db, ctx.businessTimeZone, new Date(row.since.getTime() + DAY_MS), {});
  const { to_day } = await readDays(db, ctx.businessTimeZone, new Date(begun_at.getTime() + DAY_MS), {});
  for (const { supplier_id } of (await listSearched(db, row)).filter((each) => isListing(ctx, each))) {
    await startReconciliation(ctx, { supplier_id, from: days.from_day, to: to_day }, actor, 0);
  }
  return showRecovery(ctx, row);
}

/** Does the same before anything is sold, where a setting says so, once for each backup. */
export async function beginBySetting(ctx: Context, since: string | undefined): Promise<void> {
  if (since === undefined) return;
  const at = new Date(since);
  if (await isKnownRestore(ctx.store.db, at)) return;
  await beginRecovery(ctx, at, SETTING);
}

const isListing = (ctx: Context, { connector }: SearchedSupplier): boolean =>
  ctx.connectors.get(connector)?.listTransactions !== undefined;

/** Finds which offers each lost sale may be of, by their cases. */
async function offersOf(ctx: Context, lost: readonly string[]): Promise<Map<string, Set<string>>> {
  const offers = new Map<string, Set<string>>();
  for (const { case_id, offer_id } of await fittingOffers(ctx.store.db, lost)) {
    offers.set(case_id, (offers.get(case_id) ?? new Set()).add(offer_id));
  }
  return offers;
}

/** Tells whether a supplier has told all that it may have delivered from the backup on, until the recovery has begun. */
const isCovered = (
  { status, compared_from, compared_before }: SearchedSupplier,
  { since, begun_at }: RecoveryRow,
): boolean =>
  status === 'done' &&
  compared_from !== null &&
  compared_before !== null &&
  compared_from <= since &&
  compared_before >= begun_at;

const uncovered = (searched: readonly SearchedSupplier[], row: RecoveryRow): string[] =>
  searched.filter((each) => !isCovered(each, row)).map(({ supplier_name }) => supplier_name);

/** Tells how a recovery stands. */
export async function showRecovery(ctx: Context, row: RecoveryRow): Promise<Recovery> {
  const { db } = ctx.store;
  // First who is done: what they have found is read behind it.
  const searched = await listSearched(db, row);
  const lost = await listLost(db, row);
  const offers = await offersOf(ctx, lost);
  const count = (fits: (offers: number) => boolean): number =>
    lost.filter((id) => fits(offers.get(id)?.size ?? 0)).length;
  return {
    id: row.id,
    since: wireDate(row.since),
    status: row.ended_at ? 'ended' : 'open',
    begun_by: row.begun_by,
    begin_date: wireDate(row.begun_at),
    ...(row.ended_at && { end_date: wireDate(row.ended_at) }),
    ...(row.ended_by !== null && { ended_by: row.ended_by }),
    ...(row.justification !== null && { justification: row.justification }),
    not_covered: row.ended_at ? row.not_covered : uncovered(searched, row),
    suppliers: searched.map(({ supplier_id, supplier_name, status, cause, compared_from, compared_before }) => ({
      supplier_id,
      supplier_name,
      status: status ?? 'not_covered',
      ...(cause !== null && { cause }),
      ...(compared_from && compared_from > row.since && { listed_from: wireDate(compared_from) }),
      ...(compared_before && compared_before < row.begun_at && { listed_before: wireDate(compared_before) }),
    })),
    lost: {
      one_offer: count((fitting) => fitting === 1),
      several_offers: count((fitting) => fitting > 1),
      no_offer: count((fitting) => fitting === 0),
    },
    booked: await countBooked(db, row),
  };
}

/**
 * Books the lost sales of which one offer fits, the oldest first, some at a time.
 * @param after only those behind this case: what cannot be booked keeps none behind it waiting
 */
export async function bookRecovery(
  ctx: Context,
  after: string | undefined,
  actor: string,
): Promise<RecoveryBookings | Refusal> {
  const { db } = ctx.store;
  const row = await findRecovery(db);
  if (!row) return refuse('not_found', { detail: 'nothing was restored' });
  if (row.ended_at) return refuse('recovery_ended');
  const lost = await listLost(db, row, after);
  const offers = await offersOf(ctx, lost);
  const fitting = lost.filter((id) => offers.get(id)?.size === 1);
  const page = fitting.slice(0, AT_ONCE);
  const refused: RecoveryBookings['refused'] = [];
  for (const case_id of page) {
    const ended = await endCase(ctx, case_id, { end: 'book', justification: ONE_OFFER_FITS }, actor);
    if (!('reason' in ended)) continue;
    const { reason, details } = ended;
    refused.push({ case_id, reason, description: ruleOf(reason).describe(details) });
  }
  const next = fitting.length > page.length ? page.at(-1) : undefined;
  const booked = page.length - refused.length;
  return { booked, refused, ...(next !== undefined && { next }), recovery: await showRecovery(ctx, row) };
}

/** Opens sales again, once nothing is lost any more and nobody is asked. What is not covered the justification has to name. */
export async function endRecovery(ctx: Context, justification: string, actor: string): Promise<Recovery | Refusal> {
  const { db } = ctx.store;
  const row = await findRecovery(db);
  if (!row) return refuse('not_found', { detail: 'nothing was restored' });
  if (row.ended_at) return refuse('recovery_ended');
  // First who is done: what they have found is read behind it.
  const searched = await listSearched(db, row);
  const running = searched.filter(({ status }) => status === 'running').length;
  const left = (await listLost(db, row)).length;
  if (left > 0) return refuse('recovery_unfinished', { detail: `${left} lost sales are neither booked nor accepted` });
  if (running > 0) return refuse('recovery_unfinished', { detail: `${running} suppliers are still being asked` });
  const not_covered = uncovered(searched, row);
  const unnamed = not_covered.filter((name) => !justification.toLowerCase().includes(name.toLowerCase()));
  if (unnamed.length > 0) {
    return refuse('recovery_unfinished', {
      detail: `the justification has to name what is not covered: ${unnamed.join(', ')}`,
    });
  }
  const at = ctx.now();
  const ending = { ended_by: actor, justification, ended_at: at, not_covered };
  const isEnded = await db.transaction(async (tx) => {
    if (!(await closeRecovery(tx, row.id, ending))) return false;
    const details = { justification, not_covered };
    await noteChange(tx, { at, actor, action: 'recovery.ended', subject: row.id, details });
    return true;
  });
  if (!isEnded) return refuse('recovery_ended');
  return showRecovery(ctx, { ...row, ...ending });
}
