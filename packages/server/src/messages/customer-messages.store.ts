import type { Query } from '../database/database.ts';
import type { MessageRow } from './customer-messages.query.ts';

type Key = Omit<MessageRow, 'text' | 'updated_at'> & { distributor_id: string };

/** Keeps a distributor's own sentence, in place of the one before. */
export async function saveMessage(
  tx: Query,
  { distributor_id, outcome, language }: Key,
  text: string,
  at: Date,
): Promise<void> {
  await tx.query(
    `INSERT INTO customer_messages (distributor_id, outcome, language, text, updated_at) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (distributor_id, outcome, language) DO UPDATE SET text = excluded.text, updated_at = excluded.updated_at`,
    [distributor_id, outcome, language, text, at],
  );
}

export async function removeMessage(tx: Query, { distributor_id, outcome, language }: Key): Promise<void> {
  await tx.query('DELETE FROM customer_messages WHERE distributor_id = $1 AND outcome = $2 AND language = $3', [
    distributor_id,
    outcome,
    language,
  ]);
}
