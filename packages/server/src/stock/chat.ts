import type { Db } from '../database/database.ts';
import type { Post } from '../http/post.ts';
import { CUT_OFF, type Notifier } from '../notifiers/notifier.ts';
import type { Seal } from '../secrets/seal.ts';
import { type AlertKey, failChat, findChat, resumeChat, stopChat } from './alerts.store.ts';

/** What an address answers that leads nowhere any more. */
const DEAD = new Set(['answered 403', 'answered 404', 'answered 410']);

/** What the address of a chat is sealed for. */
export const sealedForChat = (alertId: string): string => `chat of alert ${alertId}`;

/** As much of the address as may be shown. */
export const shownChat = (url: string): string => `${new URL(url).origin}/…`;

/** Names the chat of an alert as the recipient of a message: its address may change before that is sent. */
export const chatOf = ({ distributor_id, id }: AlertKey): string => `${distributor_id} ${id}`;

function alertOf(recipient: string): AlertKey {
  const [distributor_id = '', id = ''] = recipient.split(' ');
  return { distributor_id, id };
}

/** Returns the address of a chat in clear; null where it was sealed under another key. */
function open(seal: Seal, url: string, { id }: AlertKey): string | null {
  try {
    return seal.open(url, sealedForChat(id));
  } catch {
    return null;
  }
}

interface Parts {
  db: Db;
  seal: Seal;
  post: Post;
  stopping: AbortSignal;
  now: () => Date;
}

/**
 * Writes to the chats of alerts: `{"text"}` is posted to the address, and any answer of success means that it was taken. An
 * address that is dead at the last try of a message is given up, until it takes one.
 */
export function createChat({ db, seal, post, stopping, now }: Parts): Notifier {
  return {
    async send({ recipient, body }) {
      const key = alertOf(recipient);
      const url = await findChat(db, key);
      if (url === null) return { result: 'refused', cause: 'the alert has no chat any more' };
      const opened = open(seal, url, key);
      if (opened === null) return { result: 'later', cause: 'the address of the chat does not open' };
      const { status, error } = await post(opened, {}, JSON.stringify({ text: body }), stopping);
      if (status !== null && status >= 200 && status < 300) {
        await resumeChat(db, key, url);
        return { result: 'sent' };
      }
      if (status === null && stopping.aborted) return CUT_OFF;
      return { result: status === null ? 'unknown' : 'later', cause: error ?? 'no answer' };
    },
    async giveUp({ recipient }, { cause }) {
      const key = alertOf(recipient);
      const url = await findChat(db, key);
      if (url !== null) await (DEAD.has(cause) ? stopChat : failChat)(db, key, url, cause, now());
    },
  };
}
