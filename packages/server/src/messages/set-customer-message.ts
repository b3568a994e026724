import { type CustomerOutcome, faultOfMessage, type Language, type Refusal, refuse } from '@opentopup/contract';
import { noteChange } from '../audit/audit.store.ts';
import type { Context } from '../context.ts';
import { lockDistributor } from '../distributors/distributors.store.ts';
import { listMessages } from './customer-messages.query.ts';
import { removeMessage, saveMessage } from './customer-messages.store.ts';

export interface OwnMessage {
  distributor_id: string;
  outcome: CustomerOutcome;
  language: Language;
  /** Null: none, the default is told. */
  text: string | null;
}

/** Sets what a distributor's end customers are told of an outcome, or takes it away. */
export async function setCustomerMessage(ctx: Context, message: OwnMessage, actor: string): Promise<Refusal | null> {
  const { distributor_id, outcome, language, text } = message;
  const fault = text === null ? null : faultOfMessage(text);
  if (fault !== null) return refuse('invalid_body_field', { field: 'text', detail: fault });
  return ctx.store.db.transaction(async (tx) => {
    await lockDistributor(tx, distributor_id);
    const own = await listMessages(tx, distributor_id);
    const before = own.find((each) => each.outcome === outcome && each.language === language)?.text ?? null;
    if (before === text) return null;
    const at = ctx.now();
    await (text === null ? removeMessage(tx, message) : saveMessage(tx, message, text, at));
    const details = { outcome, language, before, after: text };
    const action = 'customer_message.changed';
    await noteChange(tx, { at, actor, action, subject: distributor_id, distributor_id, details });
    return null;
  });
}
