import { createHash } from 'node:crypto';
import type { DocumentKeySet, LedgerFault, StatementDocument } from '@opentopup/contract';
import { verifyBytes } from '@opentopup/contract/signing/verify-signed';
import type { Query } from '../database/database.ts';
import { listDocumentKeys } from '../signing/document-keys.query.ts';
import { publicKeyOf } from '../signing/document-keys.wire.ts';
import { missingStatements, type ProvedStatement, readStatements } from './statement-proof.query.ts';

const ALL_KEYS = { offset: 0, limit: 10_000 };

/**
 * Proves the statements of a distributor that were closed since an instant: each is what was signed, follows the one before
 * without a gap, and was cut where it says. Whether the ledger was cut there, its own proof tells.
 */
export async function proveStatements(on: Query, distributor_id: string, since: Date): Promise<LedgerFault[]> {
  const faults: LedgerFault[] = [];
  const keys = { keys: (await listDocumentKeys(on, ALL_KEYS)).map(publicKeyOf) };
  for await (const statement of readStatements(on, distributor_id, since)) {
    const fault = await faultOf(statement, keys);
    const [cut] = statement.cuts;
    const detail = `statement ${statement.number} ${fault}`;
    if (fault !== null)
      faults.push({ distributor_id, offer_id: cut?.offer_id ?? '', kind: 'changed_statement', detail });
  }
  for (const { number, offer_id } of await missingStatements(on, distributor_id)) {
    faults.push({ distributor_id, offer_id, kind: 'changed_statement', detail: `statement ${number} was removed` });
  }
  return faults;
}

/** Tells what is wrong with a statement; null where nothing is. */
async function faultOf(statement: ProvedStatement, keys: DocumentKeySet): Promise<string | null> {
  const { content, hash, number, id, previous_hash, kid, signature: value, cuts } = statement;
  const bytes = new TextEncoder().encode(content);
  if (createHash('sha256').update(bytes).digest('hex') !== hash) return 'is not what was closed';
  if ((await verifyBytes(bytes, { kid, value }, keys)) !== 'valid') return 'is not what was signed';
  const document = JSON.parse(content) as StatementDocument;
  if (document.id !== id || document.number !== number) return 'is another one';
  if ((document.previous_hash ?? null) !== previous_hash) return 'does not follow the one before';
  const said = document.offers.map(({ offer_id, cut, closing }) => `${offer_id} ${cut.seq} ${cut.head} ${closing}`);
  const kept = cuts.map(({ offer_id, seq, head, closing }) => `${offer_id} ${seq} ${head} ${closing}`);
  return said.join() === kept.join() ? null : 'was cut elsewhere than it says';
}
