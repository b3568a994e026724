import { DatabaseDown, type Db, type Query, sqlState } from './database.ts';

/** What only reads needs of a database. */
export type Reading = Query & Pick<Db, 'reads'>;

/** SQLSTATE `query_canceled`: the statement took too long, and would take as long at the primary, among the sales. */
const TOO_LONG = '57014';

/** Reads at a replica, and at the primary where the replica gives no answer. */
export function readAtReplica(replica: Db, primary: Reading): Reading {
  const orAtPrimary =
    (here: Query['query'], there: Query['query']): Query['query'] =>
    async (sql, params) => {
      try {
        return await here(sql, params);
      } catch (error) {
        if (error instanceof DatabaseDown && sqlState(error.cause) !== TOO_LONG) return there(sql, params);
        throw error;
      }
    };
  return {
    query: orAtPrimary(replica.query, primary.query),
    reads: { query: orAtPrimary(replica.reads.query, primary.reads.query) },
    script: primary.script,
  };
}
