import pg from 'pg';

/** What a statement may be run on: the pool, or the one connection of a transaction. */
export type Connection = pg.Pool | pg.PoolClient;

export const openPool = (url: string): pg.Pool => new pg.Pool({ connectionString: url, max: 16 });

/** Runs a prepared statement. */
export async function run<Row extends pg.QueryResultRow>(
  on: Connection,
  name: string,
  text: string,
  values: unknown[],
): Promise<Row[]> {
  return (await on.query<Row>({ name, text, values })).rows;
}

/** Runs some statements as one transaction. */
export async function inTransaction<T>(pool: pg.Pool, work: (tx: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    const result = await work(client);
    await client.query('COMMIT');
    return result;
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  } finally {
    client.release();
  }
}
