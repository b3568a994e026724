import { isDeepStrictEqual } from 'node:util';
import { type Refusal, refuse, type StatementSettingsChange } from '@opentopup/contract';
import { noteChange } from '../audit/audit.store.ts';
import type { Context } from '../context.ts';
import { lockDistributor } from '../distributors/distributors.store.ts';
import { isTimeZoneName } from '../values/time-zone.ts';
import { isTimeZone } from './periods.query.ts';
import { findStatementSettings, type StatementSettingsRow } from './statement-settings.query.ts';
import { saveStatementSettings } from './statement-settings.store.ts';

/** Changes what a distributor wants of its statements. */
export function changeStatementSettings(
  ctx: Context,
  distributor_id: string,
  change: StatementSettingsChange,
  actor: string,
): Promise<StatementSettingsRow | Refusal> {
  return ctx.store.db.transaction(async (tx) => {
    await lockDistributor(tx, distributor_id);
    const before = await findStatementSettings(tx, distributor_id);
    if (!before) return refuse('not_found', { detail: `distributor ${distributor_id} not found` });
    const after = { ...before, ...change };
    if (isDeepStrictEqual(before, after)) return before;
    if (change.time_zone && !(isTimeZoneName(change.time_zone) && (await isTimeZone(tx, change.time_zone)))) {
      return refuse('invalid_body_field', { field: 'time_zone', detail: 'a name as in Europe/Paris is needed' });
    }
    if (change.emails && change.emails.length > 0 && !ctx.notifiers.email) {
      return refuse('not_configured', { detail: 'SMTP_URL' });
    }
    await saveStatementSettings(tx, distributor_id, after);
    const shown = ({ time_zone, emails }: StatementSettingsRow) => ({ time_zone, emails: emails.length });
    const details = { before: shown(before), after: shown(after) };
    const what = { subject: distributor_id, distributor_id, details };
    await noteChange(tx, { at: ctx.now(), actor, action: 'statement_settings.changed', ...what });
    return after;
  });
}
