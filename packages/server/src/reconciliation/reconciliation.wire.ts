import {
  type Reconciliation,
  type ReconciliationCase,
  type ReconciliationCaseDetail,
  type ReconciliationDetail,
  wireDate,
} from '@opentopup/contract';
import type { CaseNoteRow, CaseRow, SideRow } from './cases.query.ts';
import type { DayCost, DayTotals } from './day-totals.rules.ts';
import { endsOf } from './ends.rules.ts';
import type { OfferOfLostSale } from './lost-sales.query.ts';
import type { DayRow, ReconciliationRow } from './reconciliations.query.ts';

/** Gives a reconciliation as it goes out. */
export const wireReconciliation = (row: ReconciliationRow): Reconciliation => ({
  id: row.id,
  supplier_id: row.supplier_id,
  supplier_name: row.supplier_name,
  source: row.source,
  ...(row.file_name !== null && { file_name: row.file_name }),
  from: row.from_day,
  to: row.to_day,
  time_zone: row.time_zone,
  status: row.status,
  ...(row.cause !== null && { cause: row.cause }),
  requested_by: row.requested_by,
  creation_date: wireDate(row.begun_at),
  ...(row.ended_at && { end_date: wireDate(row.ended_at) }),
  compared_from: wireDate(row.compared_from),
  compared_before: wireDate(row.compared_before),
  ours: row.ours,
  theirs: row.theirs,
  matched: { reference: row.by_reference, supplier_reference: row.by_supplier_reference, line: row.by_line },
  open: row.open,
  differences: row.differences,
  new_cases: row.new_cases,
  agrees: row.status === 'done' && row.differences === 0,
});

/** Gives a reconciliation with its days. */
export const wireReconciliationDetail = (row: ReconciliationRow, days: readonly DayRow[]): ReconciliationDetail => ({
  ...wireReconciliation(row),
  days: days.map(({ day, ours, ours_cost, theirs, theirs_cost, agreed, open, differences }) => ({
    date: day,
    ours: { delivered: ours, cost: ours_cost },
    theirs: { delivered: theirs, cost: theirs_cost },
    agreed,
    open,
    differences,
  })),
});

/** Gives a day that was only looked at. */
export const wireDay = (total: DayTotals, costs: readonly DayCost[]): ReconciliationDetail['days'][number] => {
  const costOf = (asked: DayCost['side']) =>
    costs.flatMap(({ day, side, currency, amount }) =>
      day === total.day && side === asked ? [{ currency, amount }] : [],
    );
  const { day, ours, theirs, agreed, open, differences } = total;
  return {
    date: day,
    ours: { delivered: ours, cost: costOf('ours') },
    theirs: { delivered: theirs, cost: costOf('theirs') },
    agreed,
    open,
    differences,
  };
};

/** Gives one side of a difference: what is not known is left out. */
const wireSide = <State>(row: SideRow<State>) => {
  const { at, product: _product, ...side } = row;
  return { ...side, date: wireDate(new Date(at)) };
};

/** Gives a case as it goes out. */
export const wireCase = (row: CaseRow): ReconciliationCase => ({
  id: row.id,
  supplier_id: row.supplier_id,
  supplier_name: row.supplier_name,
  kind: row.kind,
  status: row.status,
  date: wireDate(row.at),
  creation_date: wireDate(row.found_at),
  seen_date: wireDate(row.seen_at),
  ...(row.gone_at && { gone_date: wireDate(row.gone_at) }),
  reconciliation_id: row.reconciliation_id,
  ...(row.owner !== null && { owner: row.owner }),
  ...(row.transaction_id !== null && { transaction_id: row.transaction_id }),
  ...(row.attempt !== null && { attempt: row.attempt }),
  ...(row.distributor_id !== null && { distributor_id: row.distributor_id }),
  ...(row.distributor_name !== null && { distributor_name: row.distributor_name }),
  ...(row.masked_line !== null && { line: row.masked_line }),
  confidence: row.confidence,
  ...(row.ours && { ours: wireSide(row.ours) }),
  ...(row.theirs && { theirs: wireSide(row.theirs) }),
  ends: row.status === 'open' ? endsOf(row) : [],
  ...(row.end_kind && { end: row.end_kind }),
  ...(row.end_justification !== null && { end_justification: row.end_justification }),
  ...(row.ended_by !== null && { ended_by: row.ended_by }),
  ...(row.ended_at && { end_date: wireDate(row.ended_at) }),
});

/** Gives a case with what people have noted. */
export const wireCaseDetail = (
  row: CaseRow,
  notes: readonly CaseNoteRow[],
  offers: readonly OfferOfLostSale[] | null,
): ReconciliationCaseDetail => ({
  ...wireCase(row),
  ...(offers && {
    offers: offers.map(({ offer_id, offer_name, distributor_id, distributor_name }) => ({
      offer_id,
      offer_name,
      distributor_id,
      distributor_name,
    })),
  }),
  notes: notes.map(({ at, author, kind, text }) => ({ date: wireDate(at), author, ...(kind && { kind }), text })),
});
