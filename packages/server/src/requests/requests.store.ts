import type { OrderEffect } from '@opentopup/contract';
import type { Query } from '../database/database.ts';
import { firstIdAt } from '../database/ids.ts';

/** A request as it is kept. */
export interface KeptRequest {
  id: string;
  distributor_id: string;
  client_id: string;
  at: Date;
  method: string;
  /** With its parameters in braces. */
  route: string;
  /** With the ids that were asked for. */
  path: string;
  status: number;
  duration_ms: number;
  reason: string | null;
  field: string | null;
  line_digits?: number;
  line_begins?: string;
  /** Of a refusal, masked. */
  body?: string | null;
  transaction_id: string | null;
  /** What chaos did to it. */
  chaos: OrderEffect | null;
}

/** Keeps requests. */
export async function insertRequests(on: Query, requests: readonly KeptRequest[]): Promise<void> {
  await on.query(
    `INSERT INTO requests SELECT r.* FROM jsonb_populate_recordset(NULL::requests, $1::jsonb) r ON CONFLICT DO NOTHING`,
    [JSON.stringify(requests)],
  );
}

/** Removes what was asked before some moment, and of each client what is older than the newest so many. */
export async function trimRequests(
  on: Query,
  { before, answered, refused }: { before: Date; answered: number; refused: number },
): Promise<void> {
  await on.query('DELETE FROM requests r USING distributors d WHERE r.distributor_id = d.id AND r.id < $1', [
    firstIdAt(before),
  ]);
  for (const [isRefused, most] of [
    [false, answered],
    [true, refused],
  ] as const) {
    const which = `reason IS ${isRefused ? 'NOT ' : ''}NULL`;
    // The oldest that is kept is looked for once for each client, not for each of its requests.
    await on.query(
      `WITH kept AS MATERIALIZED (
         SELECT c.client_id, r.id AS oldest FROM credentials c CROSS JOIN LATERAL (
           SELECT id FROM requests WHERE client_id = c.client_id AND ${which} ORDER BY id DESC OFFSET $1 LIMIT 1) r)
       DELETE FROM requests r USING kept k WHERE r.client_id = k.client_id AND r.${which} AND r.id < k.oldest`,
      [most - 1],
    );
  }
}
