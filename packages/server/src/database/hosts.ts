import pg from 'pg';

/** How long a host may take to say what it is, in milliseconds. */
const ANSWER_WITHIN_MS = 2_000;

/** The timeline that a primary writes: each promotion begins one, with the next number. 0 on a replica. */
const TIMELINE = `SELECT CASE WHEN pg_is_in_recovery() THEN 0
  ELSE ('x' || substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8))::bit(32)::int END AS timeline`;

/** The hosts of one database, of which one is the primary. */
export interface Hosts {
  /** The URL of the one that was last known to be the primary. */
  primary: () => string;
  /** Looks which one is the primary, unless that is under way; where none is, the last one is kept. */
  look: () => Promise<void>;
  /**
   * Makes sure that a new connection is one to the primary.
   * @throws where it is one to a replica, or to a primary that another one has taken over from
   */
  check: (client: pg.ClientBase) => Promise<void>;
}

/** Gives a URL for each host in one that names several, as in `postgres://user@one:5432,two:5432/name`. */
export function hostUrls(url: string): string[] {
  const [, before = '', hosts = '', after = ''] = /^(\w+:\/\/(?:[^/?]*@)?)([^/?]*)(.*)$/.exec(url) ?? [];
  return hosts.split(',').map((host) => before + host + after);
}

const readTimeline = async (client: pg.ClientBase): Promise<number> => {
  // The driver takes it with a query too, which its types do not know.
  const query = { text: TIMELINE, query_timeout: ANSWER_WITHIN_MS };
  const { rows } = await client.query<{ timeline: number }>(query);
  return rows[0]?.timeline ?? 0;
};

/** Asks a host for its timeline; 0 where it is no primary, or gives no answer. */
async function ask(url: string): Promise<number> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: ANSWER_WITHIN_MS });
  client.on('error', () => {});
  try {
    await client.connect();
    return await readTimeline(client);
  } catch {
    return 0;
  } finally {
    void client.end().catch(() => {});
  }
}

/** Finds among the hosts of a URL the one to write to. A single one is taken as it is. */
export function createHosts(url: string): Hosts {
  const urls = hostUrls(url);
  let primary = urls[0] as string;
  let newest = 0;
  let looking: Promise<void> | undefined;

  async function findPrimary(): Promise<void> {
    const timelines = await Promise.all(urls.map(ask));
    const best = Math.max(...timelines);
    if (best < Math.max(newest, 1)) return;
    newest = best;
    primary = urls[timelines.indexOf(best)] as string;
  }
  const isOne = urls.length === 1;
  return {
    primary: () => primary,
    look: async () => {
      if (isOne) return;
      looking ??= findPrimary().finally(() => {
        looking = undefined;
      });
      await looking;
    },
    check: async (client) => {
      if (isOne) return;
      const timeline = await readTimeline(client);
      if (timeline < Math.max(newest, 1)) throw new Error('this host is not the primary');
      newest = timeline;
    },
  };
}
