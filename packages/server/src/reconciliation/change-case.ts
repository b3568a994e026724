import { type ReconciliationCaseChange, type Refusal, refuse } from '@opentopup/contract';
import { noteChange } from '../audit/audit.store.ts';
import type { Context } from '../context.ts';
import { type CaseRow, findCase } from './cases.query.ts';
import { addNote, setOwner } from './cases.store.ts';

/** Says who takes care of a case, or keeps what somebody notes of it. */
export function changeCase(
  ctx: Context,
  id: string,
  { owner, note }: ReconciliationCaseChange,
  actor: string,
): Promise<CaseRow | Refusal> {
  return ctx.store.db.transaction(async (tx) => {
    const found = await findCase(tx, id);
    if (!found) return refuse('not_found', { detail: `case ${id} not found` });
    const at = ctx.now();
    if (owner !== undefined && owner !== found.owner) {
      await setOwner(tx, id, owner);
      const details = { before: found.owner, after: owner };
      await noteChange(tx, { at, actor, action: 'reconciliation_case.owner_changed', subject: id, details });
    }
    if (note !== undefined) await addNote(tx, { case_id: id, at, author: actor, kind: null, text: note });
    return { ...found, owner: owner === undefined ? found.owner : owner };
  });
}
