import { type AlertCreation, type Refusal, refuse } from '@opentopup/contract';
import { noteChange } from '../audit/audit.store.ts';
import { findOffer } from '../catalogue/offers/offers.query.ts';
import type { Context } from '../context.ts';
import { newId } from '../database/ids.ts';
import { lockSettings } from '../distributors/distributors.store.ts';
import { type AlertRow, findAlert } from './alerts.query.ts';
import { addAlert, watchOffers } from './alerts.store.ts';
import { alertFault } from './change-alert.ts';

type AlertTerms = { [K in keyof AlertCreation]?: AlertCreation[K] | null } & Pick<AlertCreation, 'emails'>;

/** Sets an alert for one offer of a distributor, or for all that have none of their own. */
export async function createAlert(
  ctx: Context,
  distributor_id: string,
  { offer_id = null, units = null, days_of_cover = null, emails = [] }: AlertTerms,
  actor: string,
): Promise<AlertRow | Refusal> {
  const at = ctx.now();
  const alert = {
    distributor_id,
    id: newId(),
    offer_id,
    units,
    days_of_cover,
    emails,
    created_at: at,
    updated_at: at,
  };
  const fault = alertFault(ctx, alert);
  if (fault) return fault;
  return ctx.store.db.transaction(async (tx) => {
    await lockSettings(tx, distributor_id);
    if (offer_id !== null && !(await findOffer(tx, distributor_id, offer_id))) {
      return refuse('not_found', { detail: `offer ${offer_id} not found` });
    }
    if (!(await addAlert(tx, alert))) return refuse('alert_exists');
    await watchOffers(tx, alert, at);
    const details = { after: { offer_id, units, days_of_cover } };
    await noteChange(tx, { at, actor, action: 'alert.created', subject: alert.id, distributor_id, details });
    return (await findAlert(tx, distributor_id, alert.id)) as AlertRow;
  });
}
