import { setTimeout as sleep } from 'node:timers/promises';
import type { AlertTest, Refusal } from '@opentopup/contract';
import { admitRequest } from '../access/admit-attempt.ts';
import type { Context } from '../context.ts';
import { newId } from '../database/ids.ts';
import type { Message, Sending } from '../notifiers/notifier.ts';
import { findAlert } from './alerts.query.ts';
import type { AlertKey } from './alerts.store.ts';
import { alertNotFound } from './alerts.ts';
import { chatOf } from './chat.ts';
import { testChat } from './levels-chat.rules.ts';
import { testMail } from './levels-mail.rules.ts';

/** Most tests of one distributor within a quarter of an hour: they go to anybody's addresses. */
const TESTS = 20;
/** Somebody waits for it; a mail server that answers slowly may take longer. */
const DEADLINE_S = 15;

interface Test {
  channel: AlertTest['channel'];
  /** As it is shown. */
  address: string;
  message: Omit<Message, 'id'>;
}

/** Sends a message now, and tells why it was not taken, where it was not. */
async function send({ notifiers }: Context, { channel, address, message }: Test): Promise<AlertTest> {
  const notifier = notifiers[channel];
  if (!notifier) return { channel, address, error: 'there is nothing set up to send it by' };
  const late: Sending = { result: 'unknown', cause: `no answer within ${DEADLINE_S} seconds` };
  const sending = await Promise.race([
    notifier.send({ ...message, id: newId() }),
    sleep(DEADLINE_S * 1_000, late, { ref: false }),
  ]);
  return { channel, address, ...(sending.result !== 'sent' && { error: sending.cause }) };
}

/** Writes to each address of an alert at once, and tells what came of it there. Nothing is tried again. */
export async function testAlert(ctx: Context, { distributor_id, id }: AlertKey): Promise<AlertTest[] | Refusal> {
  const refusal = await admitRequest(ctx, ['tests of alerts by', distributor_id], TESTS);
  if (refusal) return refusal;
  const alert = await findAlert(ctx.store.db, distributor_id, id);
  if (!alert) return alertNotFound(id);
  const { emails, chat_address, chat_language } = alert;
  const tests: Test[] = emails.map((address) => ({
    channel: 'email',
    address,
    message: { recipient: address, ...testMail() },
  }));
  if (chat_address !== null && chat_language !== null) {
    const body = testChat(ctx.publicUrl && `${ctx.publicUrl}/stock/alerts`, chat_language);
    const message = { recipient: chatOf({ distributor_id, id }), subject: '', body };
    tests.push({ channel: 'chat', address: chat_address, message });
  }
  return Promise.all(tests.map((test) => send(ctx, test)));
}
