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

const ownOf = (rows: readonly MessageRow[]): OwnMessages =>
  Object.fromEntries(rows.map(({ outcome, language, text }) => [messageKey(outcome, language), text]));

/** Reads the same, as answers are made with them. */
export const readOwnMessages = async (on: Query, distributorId: string): Promise<OwnMessages> =>
  ownOf(await listMessages(on, distributorId));

/** Reads those of several distributors; who has none is left out. */
export async function readOwnMessagesOf(
  on: Query,
  distributorIds: readonly string[],
): Promise<ReadonlyMap<string, OwnMessages>> {
  const rows = await on.query<MessageRow & { distributor_id: string }>(
    'SELECT distributor_id, outcome, language, text, updated_at FROM customer_messages WHERE distributor_id = ANY($1::uuid[])',
    [distributorIds],
  );
  const of = Map.groupBy(rows, ({ distributor_id }) => distributor_id);
  return new Map([...of].map(([id, its]) => [id, ownOf(its)]));
}
