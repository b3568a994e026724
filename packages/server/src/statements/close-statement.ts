import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { MOST_BOOKINGS } from '@opentopup/contract';
import { canonicalBytes } from '@opentopup/contract/signing/canonical-bytes';
import { noteChange } from '../audit/audit.store.ts';
import type { Context } from '../context.ts';
import { lockDistributor } from '../distributors/distributors.store.ts';
import type { Progress } from '../jobs/progress.rules.ts';
import { addNotices } from '../messages/notices.store.ts';
import { writeEvent } from '../outbox/outbox.store.ts';
import { signDocument } from '../signing/sign.ts';
import {
  type LeasedClosing,
  leaseClosing,
  noteClosingProgress,
  removeClosing,
  returnClosing,
} from './closings.store.ts';
import { listBuckets, unitsOwed } from './moved-units.query.ts';
import { findNextPeriod, periodDays } from './periods.query.ts';
import { cutOf, documentOf, type StatementParts } from './statement-document.rules.ts';
import { statementMail } from './statement-mail.rules.ts';
import { findStatementSettings } from './statement-settings.query.ts';
import { findStatement, type StatementRow } from './statements.query.ts';
import { addStatement, findLastStatement } from './statements.store.ts';
import { wireStatement } from './statements.wire.ts';
import { type SummedBucket, sumBucket } from './sum-bucket.ts';

/** Longer than reading one piece of the ledger takes. */
const LEASE_MS = 60_000;

/** Another process has taken the closing in hand, or this one stops. */
class Abandoned extends Error {
  override readonly name = 'Abandoned';
}

/**
 * Closes a statement that waits for it. Nothing is kept before the one commit that freezes it: a process that dies on the
 * way leaves a closing that another begins again.
 */
export async function closeNext(ctx: Context): Promise<Progress> {
  const closing = await leaseClosing(ctx.store.db, LEASE_MS);
  if (!closing) return 'done';
  try {
    await freeze(ctx, closing, await gather(ctx, closing));
  } catch (error) {
    if (!(error instanceof Abandoned)) throw error;
    if (ctx.stopping.aborted) await returnClosing(ctx.store.db, closing);
  }
  return ctx.stopping.aborted ? 'done' : 'more';
}

/** Reads what a statement is made of. Half of the time is rested, so that sales have most of the database. */
async function gather(ctx: Context, closing: LeasedClosing): Promise<StatementParts> {
  const { db } = ctx.store;
  const { distributor_id, from_at, before_at, time_zone } = closing;
  const next = await findNextPeriod(db, distributor_id, ctx.businessTimeZone);
  const last = await findLastStatement(db, distributor_id);
  if (!next || next.last_number !== (last?.number ?? 0)) throw new Abandoned();
  const buckets = await listBuckets(db, distributor_id, next.last_number);
  const movements = buckets.reduce((sum, { last_seq, seq }) => sum + last_seq - seq, 0);
  let done = 0;
  let began_ms = performance.now();
  const onRead = async (read: number): Promise<void> => {
    done += read;
    const until = await noteClosingProgress(db, closing, { movements, done }, LEASE_MS);
    if (ctx.stopping.aborted || !until) throw new Abandoned();
    closing.leased_until = until;
    await sleep(performance.now() - began_ms, undefined, { signal: ctx.stopping }).catch(() => {});
    began_ms = performance.now();
  };
  const summed: SummedBucket[] = [];
  let left = MOST_BOOKINGS;
  for (const bucket of buckets) {
    const sums = await sumBucket(db, bucket, before_at, left, onRead);
    left -= sums.bookings.length;
    summed.push(sums);
  }
  return {
    closing,
    next,
    days: await periodDays(db, from_at, before_at, time_zone),
    buckets: summed,
    owed: await unitsOwed(db, distributor_id, before_at),
    previousHash: last?.hash ?? null,
    closed_at: ctx.now(),
  };
}

/** Keeps a statement, and tells of it: one commit. */
async function freeze(ctx: Context, closing: LeasedClosing, parts: StatementParts): Promise<void> {
  const { distributor_id, id, requested_by: actor } = closing;
  const { days, buckets, closed_at: at } = parts;
  const document = documentOf(parts);
  const signed = await signDocument(ctx, document);
  if ('reason' in signed) throw new Error('a statement cannot be signed: SEALING_KEY is not set');
  const bytes = canonicalBytes(document);
  const { number } = document;
  const statement = {
    ...closing,
    ...days,
    number,
    content: new TextDecoder().decode(bytes),
    hash: createHash('sha256').update(bytes).digest('hex'),
    kid: signed.signature.kid,
    signature: signed.signature.value,
    closed_by: actor,
    closed_at: at,
  };
  await ctx.store.db.transaction(async (tx) => {
    await lockDistributor(tx, distributor_id);
    if (!(await removeClosing(tx, closing))) throw new Abandoned();
    await addStatement(tx, statement, buckets.map(cutOf));
    const details = { number, first_day: days.first_day, last_day: days.last_day, hash: statement.hash };
    await noteChange(tx, { at, actor, action: 'statement.closed', subject: id, distributor_id, details });
    const data = wireStatement((await findStatement(tx, id)) as StatementRow);
    await writeEvent(tx, { distributor_id, kind: 'statement.closed', subject_id: id, at, data });
    const settings = await findStatementSettings(tx, distributor_id);
    const mail = statementMail(data, ctx.publicUrl && `${ctx.publicUrl}/overview/statements`);
    const recipients = ctx.notifiers.email ? (settings?.emails ?? []) : [];
    const notices = recipients.map((recipient) => ({
      distributor_id,
      channel: 'email' as const,
      recipient,
      ...mail,
      once: false,
    }));
    await addNotices(tx, notices, at);
  });
}
