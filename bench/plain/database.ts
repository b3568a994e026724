import pg from 'pg';

/** What statements may be run on. */
export interface Statements {
  /** Runs a statement that is prepared under this name. */
  run: <Row>(name: string, text: string, values: unknown[]) => Promise<Row[]>;
}

/** What the plain server needs of a database. */
export interface Database extends Statements {
  /** Runs some statements as one transaction. */
  transaction: <T>(work: (tx: Statements) => Promise<T>) => Promise<T>;
  /** Runs several statements without values. */
  script: (text: string) => Promise<void>;
  close: () => Promise<void>;
}

function statementsOn(on: pg.Pool | pg.PoolClient): Statements {
  return {
    async run<Row>(name: string, text: string, values: unknown[]) {
      return (await on.query({ name, text, values })).rows as Row[];
    },
  };
}

export function openDatabase(url: string): Database {
  const pool = new pg.Pool({ connectionString: url, max: 16 });
  return {
    ...statementsOn(pool),
    async transaction(work) {
      const client = await pool.connect();
      try {
        await client.query('BEGIN');
        const result = await work(statementsOn(client));
        await client.query('COMMIT');
        return result;
      } catch (error) {
        await client.query('ROLLBACK');
        throw error;
      } finally {
        client.release();
      }
    },
    async script(text) {
      await pool.query(text);
    },
    close: () => pool.end(),
  };
}
