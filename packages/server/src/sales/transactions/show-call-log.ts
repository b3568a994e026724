import { type Page, type SupplierExchange, wireDate } from '@opentopup/contract';
import { type LoggedCallRow, listCalls } from '../../connectors/call-log.query.ts';
import { type RecordedText, sealedForCall } from '../../connectors/call-log.ts';
import type { Context } from '../../context.ts';
import { maskedText } from '../../values/line.ts';

/** Opens what was said; null where it was not kept, or is sealed under a key that is there no more. */
function open({ seal }: Context, { id, sealed }: LoggedCallRow): RecordedText | null {
  if (!seal || sealed === null) return null;
  try {
    return JSON.parse(seal.open(sealed, sealedForCall(id))) as RecordedText;
  } catch {
    return null;
  }
}

/**
 * Reads a page of what was exchanged with suppliers for a transaction, oldest first.
 * @param isMasked for somebody who may not see the numbers in it
 */
export async function showCallLog(
  ctx: Context,
  transactionId: string,
  page: Page,
  isMasked: boolean,
): Promise<SupplierExchange[]> {
  const shown = (text: string): string => (isMasked ? maskedText(text) : text);
  const rows = await listCalls(ctx.store.db, transactionId, page);
  return rows.map((row) => {
    const recorded = open(ctx, row);
    return {
      id: row.id,
      kind: row.kind,
      ...(row.attempt > 1 && { attempt: row.attempt }),
      date: wireDate(row.at),
      duration_ms: row.duration_ms,
      method: row.method,
      ...(row.status !== null && { status: row.status }),
      ...(row.failure !== null && { failure: shown(row.failure) }),
      ...(recorded && { url: shown(recorded.url) }),
      ...(recorded?.request && { request_body: shown(recorded.request) }),
      ...(recorded?.response && { response_body: shown(recorded.response) }),
    };
  });
}
