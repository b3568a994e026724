import { type CustomerOutcome, type Language, messageKey, type OwnMessages } from '@opentopup/contract';
import type { Query } from '../database/database.ts';

/** A sentence of a distributor's own. */
export interface MessageRow {
  outcome: CustomerOutcome;
  language: Language;
  text: string;
  updated_at: Date;
}

/** Lists all sentences of a distributor's own. */
export function listMessages(on: Query, distributorId: string): Promise<MessageRow[]> {
  return on.query<MessageRow>(
    'SELECT outcome, language, text, updated_at FROM customer_messages WHERE distributor_id = $1',
    [distributorId],
  );
}

/** Reads a distributor's own sentences, as answers are made with them. */
export async function readOwnMessages(on: Query, distributorId: string): Promise<OwnMessages> {
  const rows = await listMessages(on, distributorId);
  return Object.fromEntries(rows.map(({ outcome, language, text }) => [messageKey(outcome, language), text]));
}
