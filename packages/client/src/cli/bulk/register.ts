import { chmodSync, closeSync, openSync } from 'node:fs';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import type { BulkLine, BulkOrder, LineOutcome, LineState } from './bulk-line.ts';

/** The error that another process sells the lines of this file. */
export class RegisterInUse extends Error {
  override readonly name = 'RegisterInUse';
}

/** The file that is sold from. */
interface Source {
  /** Of its content and the name of the batch: another content is another file. */
  digest: string;
  begun_ms: number;
  /** What earlier runs may have sold, without a register or with one that was lost, has been looked for. */
  searched: boolean;
}

type Row = Record<string, string | number | bigint | null | Uint8Array>;

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS source (digest TEXT NOT NULL, begun_ms INTEGER NOT NULL, searched INTEGER NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS lines (
    line INTEGER PRIMARY KEY,
    offer_id TEXT NOT NULL,
    msisdn TEXT,
    sim_id TEXT,
    reference TEXT UNIQUE,
    state TEXT NOT NULL DEFAULT 'new',
    at_ms INTEGER,
    transaction_id TEXT,
    reason TEXT
  ) STRICT;
  CREATE INDEX IF NOT EXISTS lines_by_state ON lines (state, line);
`;
const COLUMNS = 'line, offer_id, msisdn, sim_id, reference, state, at_ms, transaction_id, reason';

/**
 * The record of what became of each line of a file, beside that file. A line is written down as being sent, and that is on the disk,
 * before it is sent: so whatever happens to this process or machine, it is known which lines may have been sold. It is
 * an SQLite file, and locked: nobody else sells the same lines meanwhile.
 */
export class Register {
  readonly #db: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();
  readonly #outcomes: BulkLine[] = [];
  /** How many lines there are in each state. */
  readonly counts: Record<LineState, number> = { new: 0, sending: 0, ok: 0, refused: 0, pending: 0 };

  /**
   * @param path a file, for its owner only; or nothing, for a register that is forgotten
   * @throws RegisterInUse
   */
  constructor(path = '') {
    if (path) {
      closeSync(openSync(path, 'a', 0o600));
      chmodSync(path, 0o600);
    }
    this.#db = new DatabaseSync(path, { timeout: 0 });
    try {
      // A rollback journal, so that the file is all there is of it: one that lies beside it could be left behind.
      this.#db.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = DELETE; PRAGMA synchronous = FULL');
      this.#db.exec(`BEGIN EXCLUSIVE; ${SCHEMA} COMMIT`);
    } catch (error) {
      this.#db.close();
      if ((error as { errcode?: number }).errcode === SQLITE_BUSY) throw new RegisterInUse();
      throw error;
    }
    this.#count();
  }

  close(): void {
    this.flush();
    this.#db.close();
  }

  /** The file that is sold from; null before all its lines are in the register. */
  get source(): Source | null {
    const row = this.#get('SELECT digest, begun_ms, searched FROM source');
    return row && { digest: String(row['digest']), begun_ms: Number(row['begun_ms']), searched: row['searched'] === 1 };
  }

  /** Puts all lines in, or none. Lines without a reference get one that is made from the digest. */
  async fill(work: () => Promise<string>): Promise<void> {
    this.#db.exec('CREATE TEMP TABLE IF NOT EXISTS sold (what TEXT PRIMARY KEY, line INTEGER) STRICT, WITHOUT ROWID');
    this.#db.exec('BEGIN; DELETE FROM lines; DELETE FROM source; DELETE FROM temp.sold');
    try {
      const digest = await work();
      this.#run(
        "UPDATE lines SET reference = 'bulk-' || ? || '-' || line WHERE reference IS NULL",
        digest.slice(0, 16),
      );
      this.#run('INSERT INTO source VALUES (?, ?, 0)', digest, Date.now());
      this.#db.exec('COMMIT');
    } catch (error) {
      this.#db.exec('ROLLBACK');
      throw error;
    }
    this.#count();
  }

  /** @returns the line that has the same reference, where there is one: then this one is not added */
  add(order: Omit<BulkOrder, 'reference'> & { reference: string | null }): number | null {
    const { line, offer_id, msisdn, sim_id, reference } = order;
    const insert =
      'INSERT INTO lines (line, offer_id, msisdn, sim_id, reference) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING';
    if (this.#run(insert, line, offer_id, msisdn, sim_id, reference) > 0) return null;
    return Number(this.#get('SELECT line FROM lines WHERE reference = ?', reference)?.['line']);
  }

  /** Counts the lines of each offer. */
  offers(): { offer_id: string; lines: number }[] {
    const select = 'SELECT offer_id, COUNT(*) AS lines FROM lines GROUP BY offer_id ORDER BY lines DESC';
    return this.#all(select).map((row) => ({ offer_id: String(row['offer_id']), lines: Number(row['lines']) }));
  }

  /** Finds the first line that sells this, of those that were asked about: this one, where there is none before. */
  firstOf(sold: string, line: number): number {
    const insert = 'INSERT INTO temp.sold VALUES (?, ?) ON CONFLICT DO UPDATE SET line = line RETURNING line';
    return Number(this.#get(insert, sold, line)?.['line']);
  }

  /** Finds the line with this reference; null where there is none. */
  find(reference: string): BulkLine | null {
    const row = this.#get(`SELECT ${COLUMNS} FROM lines WHERE reference = ?`, reference);
    return row && lineOf(row);
  }

  /** Lists the first lines in this state after another one. */
  inState(state: LineState, after: number, most: number): BulkLine[] {
    const select = `SELECT ${COLUMNS} FROM lines WHERE state = ? AND line > ? ORDER BY line LIMIT ?`;
    return this.#all(select, state, after, most).map(lineOf);
  }

  /** Lists every line, in the order of the file. */
  *all(): Generator<BulkLine> {
    for (const row of this.#prepare(`SELECT ${COLUMNS} FROM lines ORDER BY line`).iterate()) yield lineOf(row);
  }

  /** Takes the next lines to be sent, and writes them down as such. */
  take(most: number): BulkLine[] {
    return this.#change(() => {
      const lines = this.inState('new', 0, most);
      for (const line of lines) this.#mark(line, 'sending', Date.now());
      return lines;
    });
  }

  /** Writes down that a line is sent now. */
  resend(line: BulkLine): void {
    this.#change(() => this.#mark(line, 'sending', Date.now()));
  }

  /** Puts back lines that were taken, and certainly not sold. */
  putBack(lines: readonly BulkLine[]): void {
    this.#change(() => {
      for (const line of lines) this.#mark(line, 'new', null);
    });
  }

  #mark(line: BulkLine, state: 'new' | 'sending', at_ms: number | null): void {
    this.#run('UPDATE lines SET state = ?, at_ms = ? WHERE line = ?', state, at_ms, line.line);
    this.#move(line, state);
    line.at_ms = at_ms ?? 0;
  }

  /** Records an outcome; it is on the disk with the next `flush`. A line whose outcome gets lost may have been sold. */
  record(line: BulkLine, outcome: LineOutcome): void {
    this.#move(line, outcome.state);
    this.#outcomes.push({ ...line, ...outcome, at_ms: Date.now() });
  }

  #move(line: BulkLine, to: LineState): void {
    this.counts[line.state]--;
    this.counts[to]++;
    line.state = to;
  }

  flush(): void {
    if (this.#outcomes.length > 0) this.#change(() => {});
  }

  /** Ends the search for what earlier runs have sold. @param isVain false: any line may have been sold long ago */
  endSearch(isVain: boolean): void {
    this.#change(() => {
      if (!isVain) this.#run("UPDATE lines SET state = 'sending', at_ms = 0 WHERE state = 'new'");
      this.#run('UPDATE source SET searched = 1');
    });
    this.#count();
  }

  #count(): void {
    for (const state of Object.keys(this.counts) as LineState[]) {
      this.counts[state] = Number(this.#get('SELECT COUNT(*) AS lines FROM lines WHERE state = ?', state)?.['lines']);
    }
  }

  /** Does all or nothing, together with the outcomes that wait; on the disk when it is done. */
  #change<T>(work: () => T): T {
    this.#db.exec('BEGIN');
    try {
      for (const { state, at_ms, transaction_id, reason, line } of this.#outcomes) {
        const update = 'UPDATE lines SET state = ?, at_ms = ?, transaction_id = ?, reason = ? WHERE line = ?';
        this.#run(update, state, at_ms, transaction_id, reason, line);
      }
      const result = work();
      this.#db.exec('COMMIT');
      this.#outcomes.length = 0;
      return result;
    } catch (error) {
      this.#db.exec('ROLLBACK');
      throw error;
    }
  }

  #prepare(sql: string): StatementSync {
    const known = this.#statements.get(sql) ?? this.#db.prepare(sql);
    this.#statements.set(sql, known);
    return known;
  }

  #run(sql: string, ...values: (string | number | null)[]): number {
    return Number(this.#prepare(sql).run(...values).changes);
  }

  #get(sql: string, ...values: (string | number | null)[]): Row | null {
    return (this.#prepare(sql).get(...values) as Row | undefined) ?? null;
  }

  #all(sql: string, ...values: (string | number | null)[]): Row[] {
    return this.#prepare(sql).all(...values);
  }
}

const SQLITE_BUSY = 5;

const lineOf = (row: Row): BulkLine => ({
  line: Number(row['line']),
  offer_id: String(row['offer_id']),
  msisdn: row['msisdn'] as string | null,
  sim_id: row['sim_id'] as string | null,
  reference: String(row['reference']),
  state: row['state'] as LineState,
  at_ms: Number(row['at_ms'] ?? 0),
  transaction_id: row['transaction_id'] as string | null,
  reason: row['reason'] as string | null,
});
