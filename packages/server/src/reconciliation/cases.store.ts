import type { Query } from '../database/database.ts';
import { newId } from '../database/ids.ts';

/** A difference, as it was found. */
export interface FoundDifference {
  kind: string;
  name: string;
  facts: string;
  distributor_id: string | null;
  transaction_id: string | null;
  attempt: number | null;
  line: string | null;
  confidence: 'certain' | 'likely' | 'possible';
  ours: object | null;
  theirs: object | null;
  at: string;
}

/** Reads some of what was found, in its order. */
export async function readFound(on: Query, run: string, after: number, limit: number): Promise<FoundDifference[]> {
  const rows = await on.query<{ found: FoundDifference }>(
    'SELECT found FROM reconciliation_found WHERE reconciliation_id = $1 AND n > $2 ORDER BY n LIMIT $3',
    [run, after, limit],
  );
  return rows.map(({ found }) => found);
}

/** Keeps differences as cases, those that are known already as seen again; gives the kinds of those that are new. */
export async function keepCases(
  tx: Query,
  supplier_id: string,
  run: string,
  at: Date,
  found: readonly (FoundDifference & { masked_line: string | null })[],
): Promise<string[]> {
  const ids = new Set<string>();
  const rows = found.map((each) => {
    const id = newId();
    ids.add(id);
    return { id, ...each };
  });
  const kept = await tx.query<{ id: string; kind: string }>(
    `INSERT INTO reconciliation_cases
       (id, supplier_id, kind, name, facts, distributor_id, transaction_id, attempt, masked_line, line, confidence, ours, theirs,
        at, found_at, seen_at, reconciliation_id)
     SELECT id, $1, kind, name, facts, distributor_id, transaction_id, attempt, masked_line,
            CASE WHEN kind = 'delivered_there_not_sold_here' AND transaction_id IS NOT NULL THEN line END,
            confidence, ours, theirs, at, $3, $3, $2
     FROM jsonb_to_recordset($4::jsonb)
       AS c(id uuid, kind text, name text, facts text, distributor_id uuid, transaction_id uuid, attempt int,
            masked_line text, line text, confidence text, ours jsonb, theirs jsonb, at timestamptz)
     ON CONFLICT (supplier_id, kind, name, facts)
       DO UPDATE SET seen_at = excluded.seen_at, reconciliation_id = excluded.reconciliation_id, gone_at = NULL
     RETURNING id, kind`,
    [supplier_id, run, at, JSON.stringify(rows)],
  );
  return kept.flatMap(({ id, kind }) => (ids.has(id) ? [kind] : []));
}

/**
 * Notes of open cases of a time that were not found again that their cause is gone. Of what a sale costs, books without prices
 * say nothing.
 */
export async function noteGone(tx: Query, supplier_id: string, run: string, at: Date, from: Date, before: Date) {
  await tx.query(
    `UPDATE reconciliation_cases c SET gone_at = $3
     WHERE supplier_id = $1 AND status = 'open' AND at >= $4 AND at < $5 AND reconciliation_id <> $2 AND gone_at IS NULL
       AND NOT (kind = 'other_price' AND EXISTS (
         SELECT FROM reconciliation_pairs p
         JOIN reconciliation_theirs t ON t.reconciliation_id = $2 AND t.ordinal = p.ordinal
         WHERE p.reconciliation_id = $2 AND p.transaction_id = c.transaction_id AND p.attempt = c.attempt
           AND t.state = 'delivered' AND t.cost IS NULL))`,
    [supplier_id, run, at, from, before],
  );
}

/** Says who takes care of a case; null: nobody. */
export async function setOwner(tx: Query, id: string, owner: string | null): Promise<void> {
  await tx.query('UPDATE reconciliation_cases SET owner = $2 WHERE id = $1', [id, owner]);
}

/** What is noted of a case. */
export interface NewCaseNote {
  case_id: string;
  at: Date;
  author: string;
  kind: 'reversal_requested' | null;
  text: string;
}

/** Keeps it. */
export async function addNote(tx: Query, { case_id, at, author, kind, text }: NewCaseNote): Promise<void> {
  await tx.query(
    'INSERT INTO reconciliation_notes (case_id, id, at, author, kind, text) VALUES ($1, $2, $3, $4, $5, $6)',
    [case_id, newId(), at, author, kind, text],
  );
}

/** Has whoever books the same lost sale wait until the transaction ends: there is no row of it to lock. */
export async function lockLostSale(tx: Query, transactionId: string): Promise<void> {
  await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [transactionId]);
}

/** Takes a case in hand to end it; false where it is closed, or somebody else does so just now. */
export async function takeCase(on: Query, id: string, at: Date, leftBefore: Date): Promise<boolean> {
  const rows = await on.query(
    `UPDATE reconciliation_cases SET ending_at = $2
     WHERE id = $1 AND status = 'open' AND (ending_at IS NULL OR ending_at < $3) RETURNING id`,
    [id, at, leftBefore],
  );
  return rows.length > 0;
}

/** Gives a case back that was not ended after all. */
export async function leaveCase(on: Query, id: string): Promise<void> {
  await on.query('UPDATE reconciliation_cases SET ending_at = NULL WHERE id = $1', [id]);
}

/** How a case was ended. */
export interface CaseEnd {
  id: string;
  end_kind: string;
  justification: string;
  actor: string;
  at: Date;
}

/** Closes a case; false where somebody else has done so meanwhile. */
export async function closeCase(tx: Query, { id, end_kind, justification, actor, at }: CaseEnd): Promise<boolean> {
  const rows = await tx.query(
    `UPDATE reconciliation_cases
     SET status = 'closed', ending_at = NULL, line = NULL, end_kind = $2, end_justification = $3, ended_by = $4, ended_at = $5
     WHERE id = $1 AND status = 'open' RETURNING id`,
    [id, end_kind, justification, actor, at],
  );
  return rows.length > 0;
}

/** Forgets the lines of cases from before some moment. */
export async function forgetCaseLines(on: Query, before: Date): Promise<void> {
  await on.query('UPDATE reconciliation_cases SET line = NULL WHERE line IS NOT NULL AND at < $1', [before]);
}
