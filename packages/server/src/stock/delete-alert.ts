import type { Refusal } from '@opentopup/contract';
import { noteChange } from '../audit/audit.store.ts';
import type { Context } from '../context.ts';
import { lockSettings } from '../distributors/distributors.store.ts';
import { type AlertRow, findAlert } from './alerts.query.ts';
import { removeAlert, watchOffers } from './alerts.store.ts';
import { alertNotFound } from './change-alert.ts';

/** Takes an alert away. Its offers fall back to the alert for all, if there is one. */
export async function deleteAlert(
  ctx: Context,
  { distributor_id, id }: Pick<AlertRow, 'distributor_id' | 'id'>,
  actor: string,
): Promise<AlertRow | Refusal> {
  return ctx.store.db.transaction(async (tx) => {
    await lockSettings(tx, distributor_id);
    const alert = await findAlert(tx, distributor_id, id);
    if (!alert) return alertNotFound(id);
    const at = ctx.now();
    await removeAlert(tx, alert);
    await watchOffers(tx, alert, at);
    const { offer_id, units, days_of_cover } = alert;
    const details = { before: { offer_id, units, days_of_cover } };
    await noteChange(tx, { at, actor, action: 'alert.deleted', subject: id, distributor_id, details });
    return alert;
  });
}
