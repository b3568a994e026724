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
export const readOwnMessages = async (on: Query, distributorId: string): Promise<OwnMessages> =>
  (await readOwnMessagesOf(on, [distributorId])).get(distributorId) ?? {};

/** Reads those of several distributors; who has none is left out. */
export async function readOwnMessagesOf(
  on: Query,
  distributorIds: readonly string[],
): Promise<ReadonlyMap<string, OwnMessages>> {
  const rows = await on.query<Omit<MessageRow, 'updated_at'> & { distributor_id: string }>(
    'SELECT distributor_id, outcome, language, text FROM customer_messages WHERE distributor_id = ANY($1::uuid[])',
    [distributorIds],
  );
  const byDistributor = Map.groupBy(rows, ({ distributor_id }) => distributor_id);
  const ownOf = (its: typeof rows): OwnMessages =>
    Object.fromEntries(its.map(({ outcome, language, text }) => [messageKey(outcome, language), text]));
  return new Map([...byDistributor].map(([id, its]) => [id, ownOf(its)]));
}
