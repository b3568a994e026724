import { isDeepStrictEqual } from 'node:util';
import {
  type AlertChange,
  type AlertChat,
  type AlertCreation,
  type Refusal,
  refuse,
  type StaffLanguage,
} from '@opentopup/contract';
import { noteChange } from '../audit/audit.store.ts';
import { findOffer } from '../catalogue/offers/offers.query.ts';
import type { Context } from '../context.ts';
import { newId } from '../database/ids.ts';
import { lockDistributor } from '../distributors/distributors.store.ts';
import { type AlertRow, findAlert } from './alerts.query.ts';
import { addAlert, lockAlert, removeAlert, saveAlert, watchOffers } from './alerts.store.ts';
import { sealedForChat, shownChat } from './chat.ts';

type AlertTerms = { [K in keyof AlertCreation]?: AlertCreation[K] | null } & Pick<AlertCreation, 'emails'>;

/** Sets an alert for one offer of a distributor, or for all that have none of their own. */
export async function createAlert(
  ctx: Context,
  distributor_id: string,
  { offer_id = null, units = null, days_of_cover = null, emails = [], chat = null }: AlertTerms,
  actor: string,
  language: StaffLanguage,
): Promise<AlertRow | Refusal> {
  const at = ctx.now();
  const id = newId();
  const fields = chatFields(ctx, id, chat, language);
  if ('reason' in fields) return fields;
  const alert = {
    distributor_id,
    id,
    offer_id,
    units,
    days_of_cover,
    emails,
    ...fields,
    created_at: at,
    updated_at: at,
  };
  const fault = alertFault(ctx, alert);
  if (fault) return fault;
  return ctx.store.db.transaction(async (tx) => {
    await lockDistributor(tx, distributor_id);
    if (offer_id !== null && !(await findOffer(tx, distributor_id, offer_id))) {
      return refuse('not_found', { detail: `offer ${offer_id} not found` });
    }
    if (!(await addAlert(tx, alert))) return refuse('alert_exists');
    await watchOffers(tx, alert, at);
    const shown = alert.chat_address === null ? {} : { chat: alert.chat_address };
    const details = { after: { offer_id, units, days_of_cover, ...shown } };
    await noteChange(tx, { at, actor, action: 'alert.created', subject: alert.id, distributor_id, details });
    return (await findAlert(tx, distributor_id, alert.id)) as AlertRow;
  });
}

type Terms = Pick<AlertRow, 'units' | 'days_of_cover' | 'emails'>;
type ChatFields = Pick<
  AlertRow,
  `chat_${'url' | 'address' | 'language' | 'stopped_at' | 'stop_cause' | 'failed_at' | 'failure_cause'}`
>;

/** Says why an alert cannot be; null when it can. */
function alertFault({ notifiers }: Context, { units, days_of_cover, emails }: Terms): Refusal | null {
  if (units === null && days_of_cover === null) {
    return refuse('missing_body_field', { field: 'units or days_of_cover' });
  }
  return emails.length > 0 && !notifiers.email ? refuse('not_configured', { detail: 'SMTP_URL' }) : null;
}

/**
 * Makes what is kept of the chat that was asked for, its address sealed.
 * @param language where it does not say one
 */
function chatFields(
  { addressRules, seal }: Context,
  alertId: string,
  chat: AlertChat | null,
  language: StaffLanguage,
): ChatFields | Refusal {
  const fromNow = { chat_stopped_at: null, chat_stop_cause: null, chat_failed_at: null, chat_failure_cause: null };
  if (!chat) return { chat_url: null, chat_address: null, chat_language: null, ...fromNow };
  const detail = addressRules.faultOf(chat.url);
  if (detail) return refuse('invalid_body_field', { field: 'chat.url', detail });
  if (!seal) return refuse('not_configured', { detail: 'SEALING_KEY' });
  return {
    chat_url: seal.close(chat.url, sealedForChat(alertId)),
    chat_address: shownChat(chat.url),
    chat_language: chat.language ?? language,
    ...fromNow,
  };
}

export const alertNotFound = (id: string): Refusal => refuse('not_found', { detail: `alert ${id} not found` });

/** Changes an alert of a distributor; null takes a threshold away. */
export async function changeAlert(
  ctx: Context,
  { distributor_id, id }: Pick<AlertRow, 'distributor_id' | 'id'>,
  { chat, ...change }: AlertChange,
  actor: string,
  language: StaffLanguage,
): Promise<AlertRow | Refusal> {
  return ctx.store.db.transaction(async (tx) => {
    await lockDistributor(tx, distributor_id);
    const alert = await lockAlert(tx, { distributor_id, id });
    if (!alert) return alertNotFound(id);
    const fields: Partial<ChatFields> | Refusal = chat === undefined ? {} : chatFields(ctx, id, chat, language);
    if ('reason' in fields) return fields;
    const changed = { ...alert, ...change, ...fields };
    const fault = alertFault(ctx, changed);
    if (fault) return fault;
    if (isDeepStrictEqual(changed, alert)) return alert;

    const at = ctx.now();
    await saveAlert(tx, { ...changed, updated_at: at });
    await watchOffers(tx, alert, at);
    const terms = ({ units, days_of_cover, chat_address }: AlertRow): object => ({
      units,
      days_of_cover,
      ...(chat_address !== null && { chat: chat_address }),
    });
    const details = { before: terms(alert), after: terms(changed) };
    await noteChange(tx, { at, actor, action: 'alert.changed', subject: id, distributor_id, details });
    return (await findAlert(tx, distributor_id, id)) as AlertRow;
  });
}

/** Takes an alert away. Its offers fall back to the alert for all, if there is one. */
export async function deleteAlert(
  ctx: Context,
  { distributor_id, id }: Pick<AlertRow, 'distributor_id' | 'id'>,
  actor: string,
): Promise<AlertRow | Refusal> {
  return ctx.store.db.transaction(async (tx) => {
    await lockDistributor(tx, distributor_id);
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
