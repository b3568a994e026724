import { createHash } from 'node:crypto';
import { LOGO_MOST, type ReceiptSettings, type Refusal, refuse } from '@opentopup/contract';
import { noteChange } from '../audit/audit.store.ts';
import type { Context } from '../context.ts';
import { lockDistributor } from './distributors.store.ts';
import { readLogo } from './logo.rules.ts';
import { findReceiptSettings } from './receipt-settings.query.ts';
import { saveReceiptSettings } from './receipt-settings.store.ts';

/** Gives settings for the audit trail: of a picture, only which one it is. */
const noted = ({ logo, ...settings }: ReceiptSettings): object => ({
  ...settings,
  ...(logo !== undefined && { logo_sha256: createHash('sha256').update(logo).digest('hex') }),
});

/** Sets what the receipts of a distributor say, in place of what they said before. */
export async function setReceiptSettings(
  ctx: Context,
  distributor_id: string,
  { logo, ...rest }: ReceiptSettings,
  actor: string,
): Promise<ReceiptSettings | Refusal> {
  const read = logo === undefined ? null : readLogo(logo, LOGO_MOST);
  if (read?.ok === false) return refuse('invalid_body_field', { field: 'logo', detail: read.detail });
  const after: ReceiptSettings = { ...rest, ...(read && { logo: read.png.toString('base64') }) };
  return ctx.store.db.transaction(async (tx) => {
    await lockDistributor(tx, distributor_id);
    const before = await findReceiptSettings(tx, distributor_id);
    const at = ctx.now();
    await saveReceiptSettings(tx, distributor_id, after, at);
    await noteChange(tx, {
      at,
      actor,
      action: 'receipt_settings.changed',
      subject: distributor_id,
      distributor_id,
      details: { before: noted(before), after: noted(after) },
    });
    return after;
  });
}
