import { isDeepStrictEqual } from 'node:util';
import { type AlertChange, type Refusal, refuse } from '@opentopup/contract';
import { noteChange } from '../audit/audit.store.ts';
import type { Context } from '../context.ts';
import { lockSettings } from '../distributors/distributors.store.ts';
import { type AlertRow, findAlert } from './alerts.query.ts';
import { saveAlert, watchOffers } from './alerts.store.ts';

type Terms = Pick<AlertRow, 'units' | 'days_of_cover' | 'emails'>;

/** Why an alert cannot be; null when it can. */
export function alertFault({ notifiers }: Context, { units, days_of_cover, emails }: Terms): Refusal | null {
  if (units === null && days_of_cover === null) {
    return refuse('missing_body_field', { field: 'units or days_of_cover' });
  }
  return emails.length > 0 && !notifiers.email ? refuse('not_configured', { detail: 'SMTP_URL' }) : null;
}

export const alertNotFound = (id: string): Refusal => refuse('not_found', { detail: `alert ${id} not found` });

/** Changes an alert of a distributor; null takes a threshold away. */
export async function changeAlert(
  ctx: Context,
  { distributor_id, id }: Pick<AlertRow, 'distributor_id' | 'id'>,
  change: AlertChange,
  actor: string,
): Promise<AlertRow | Refusal> {
  return ctx.store.db.transaction(async (tx) => {
    await lockSettings(tx, distributor_id);
    const alert = await findAlert(tx, distributor_id, id);
    if (!alert) return alertNotFound(id);
    const changed = { ...alert, ...change };
    const fault = alertFault(ctx, changed);
    if (fault) return fault;
    if (isDeepStrictEqual(changed, alert)) return alert;

    const at = ctx.now();
    await saveAlert(tx, { ...changed, updated_at: at });
    await watchOffers(tx, alert, at);
    const terms = ({ units, days_of_cover }: Terms): object => ({ units, days_of_cover });
    const details = { before: terms(alert), after: terms(changed) };
    await noteChange(tx, { at, actor, action: 'alert.changed', subject: id, distributor_id, details });
    return (await findAlert(tx, distributor_id, id)) as AlertRow;
  });
}
