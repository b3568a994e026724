import type { ReconciliationCase } from '@opentopup/contract';
import type { Query } from '../database/database.ts';

/** One side of a difference; instants are texts. */
export interface SideRow<State> {
  state: State;
  value?: number;
  value_currency?: string;
  cost?: number;
  cost_currency?: string;
  at: string;
  supplier_reference?: string;
  reference?: string;
  /** What it calls what was ordered. */
  product?: string;
}

/** A difference, as it is kept. */
export interface CaseRow {
  id: string;
  supplier_id: string;
  supplier_name: string;
  kind: ReconciliationCase['kind'];
  status: 'open' | 'closed';
  at: Date;
  found_at: Date;
  seen_at: Date;
  gone_at: Date | null;
  reconciliation_id: string;
  owner: string | null;
  transaction_id: string | null;
  attempt: number | null;
  distributor_id: string | null;
  distributor_name: string | null;
  masked_line: string | null;
  /** Of a sale that is unknown here, as long as it is open. */
  line: string | null;
  confidence: 'certain' | 'likely' | 'possible';
  ours: SideRow<NonNullable<ReconciliationCase['ours']>['state']> | null;
  theirs: SideRow<NonNullable<ReconciliationCase['theirs']>['state']> | null;
  end_kind: NonNullable<ReconciliationCase['end']> | null;
  end_justification: string | null;
  ended_by: string | null;
  ended_at: Date | null;
}

const SELECT = `
SELECT c.*, s.name AS supplier_name, d.name AS distributor_name FROM reconciliation_cases c
JOIN suppliers s ON s.id = c.supplier_id LEFT JOIN distributors d ON d.id = c.distributor_id`;

/** The cases that are asked for. */
export interface CaseFilter {
  offset: number;
  limit: number;
  supplier?: string;
  status?: string;
  kind?: string;
  owner?: string;
  owned?: boolean;
  reconciliation?: string;
  transaction?: string;
}

/** Lists a page of cases, newest first. */
export const listCases = (on: Query, filter: CaseFilter): Promise<CaseRow[]> =>
  on.query<CaseRow>(
    `${SELECT} WHERE ($3::uuid IS NULL OR c.supplier_id = $3) AND ($4::text IS NULL OR c.status = $4)
       AND ($5::text IS NULL OR c.kind = $5) AND ($6::uuid IS NULL OR c.reconciliation_id = $6)
       AND ($7::uuid IS NULL OR c.transaction_id = $7) AND ($8::text IS NULL OR c.owner = $8)
       AND ($9::boolean IS NULL OR (c.owner IS NOT NULL) = $9)
     ORDER BY c.at DESC, c.id DESC LIMIT $1 OFFSET $2`,
    [
      filter.limit,
      filter.offset,
      filter.supplier ?? null,
      filter.status ?? null,
      filter.kind ?? null,
      filter.reconciliation ?? null,
      filter.transaction ?? null,
      filter.owner ?? null,
      filter.owned ?? null,
    ],
  );

/** Finds one case; null where there is none. */
export async function findCase(on: Query, id: string): Promise<CaseRow | null> {
  const [row] = await on.query<CaseRow>(`${SELECT} WHERE c.id = $1`, [id]);
  return row ?? null;
}

/** What somebody has noted of a case. */
export interface CaseNoteRow {
  at: Date;
  author: string;
  /** Null: what a person has noted. */
  kind: 'reversal_requested' | null;
  text: string;
}

/** Lists what was noted of a case, the oldest first. */
export const listNotes = (on: Query, caseId: string): Promise<CaseNoteRow[]> =>
  on.query<CaseNoteRow>('SELECT at, author, kind, text FROM reconciliation_notes WHERE case_id = $1 ORDER BY id', [
    caseId,
  ]);
