import pg from 'pg';
import type { Target } from '../load/orders.ts';
import { OPERATOR_TOKEN } from './ours.ts';
import type { Side } from './side.ts';

/**
 * Counts what an offer has sold by its transactions, and has our server prove that its ledger says the same.
 * @throws where it does not, or where anything is still pending
 */
export async function proveBooks({ server, postgres }: Side, { offer_id }: Target): Promise<number> {
  if (!postgres) throw new Error('there are no books to prove');
  const client = new pg.Client({ connectionString: postgres.url });
  await client.connect();
  server.resume();
  try {
    const { rows } = await client.query(
      `SELECT count(*)::int AS orders, count(*) FILTER (WHERE r.status = 'ok')::int AS sold
       FROM transactions t LEFT JOIN resolutions r ON r.transaction_id = t.id AND r.distributor_id = t.distributor_id
       WHERE t.offer_id = $1`,
      [offer_id],
    );
    const { orders, sold } = rows[0] as { orders: number; sold: number };
    const answer = await fetch(`http://127.0.0.1:${server.port}/admin/v1/ledger/verification?offer=${offer_id}`, {
      headers: { authorization: `Bearer ${OPERATOR_TOKEN}` },
    });
    const proof = (await answer.json()) as { verified?: boolean; sums?: { held: number; sold: number } };
    if (!proof.verified || proof.sums?.sold !== sold || proof.sums.held !== 0 || orders !== sold) {
      throw new Error(`${orders} orders, ${sold} of them sold, and the proof says ${JSON.stringify(proof)}`);
    }
    return sold;
  } finally {
    server.pause();
    await client.end();
  }
}
