import { createHash, hash } from 'node:crypto';

/** A movement as it stands in the ledger. */
export interface LedgerRow {
  seq: number;
  kind: string;
  units: number;
  /** Number of the last movement before those booked by the same statement. */
  link: number;
  /** All that is hashed of it behind the head that it hangs on. */
  said: Uint8Array;
  /** In hexadecimal digits, as are heads. */
  hash: string;
}

/** What is wrong with a chain, and at which movement. */
export interface ChainFault {
  kind: 'missing_movement' | 'changed_movement' | 'broken_chain' | 'changed_statement';
  seq: number;
}

const uuidBytes = (uuid: string): Buffer => Buffer.from(uuid.replaceAll('-', ''), 'hex');

/** Returns the hash with which a bucket's chain begins. */
export const chainStart = (distributorId: string, offerId: string): string =>
  hash('sha256', Buffer.concat([uuidBytes(distributorId), uuidBytes(offerId)]));

const HASH_LENGTH = 32;
/** More faults than a person will read are not listed. */
const MOST_FAULTS = 100;

/** Follows a bucket's chain, movement by movement, and says where it is not what it was. */
export class Chain {
  readonly #faults: ChainFault[] = [];
  /** The head that the movements read now hang on. */
  #head: string;
  #link: number;
  #seq: number;
  #hashes: string[] = [];
  /** The head, and room for what is said of a movement: each is hashed in one piece, which takes a third of the time. */
  #hashed = Buffer.alloc(512);
  /** Where those movements begin that do not fit, one after the other, up to now. */
  #unfitFrom: number | null = null;
  /** Heads that statements have kept, by the number of the last movement before them. */
  readonly #kept = new Map<number, string>();
  /** After a movement is missing, its hash is too, and what hangs on it cannot be proved. */
  #lost = false;

  /**
   * Begins at a head.
   * @param from the head where it begins, and the number of the last movement before
   */
  constructor(from: { head: string; seq: number }) {
    this.#head = from.head;
    this.#hashed.write(from.head, 'hex');
    this.#link = from.seq;
    this.#seq = from.seq;
  }

  /** Has a head proved too that a statement has kept; before the movements are taken. */
  expect(seq: number, head: string): void {
    const known = this.#kept.get(seq);
    if (known !== undefined && known !== head) this.#note('changed_statement', seq);
    this.#kept.set(seq, head);
    if (seq === this.#seq) this.#proveKept();
  }

  /** Takes the next movement, in the order of their numbers. */
  add(row: LedgerRow): void {
    this.#skipTo(row.seq);
    if (row.link !== this.#link) this.#follow(row.link, row.seq);
    this.#seq = row.seq;
    this.#hashes.push(row.hash);
    if (this.#lost) return;
    if (this.#hashOf(row) === row.hash) {
      this.#unfitFrom = null;
    } else {
      this.#unfitFrom ??= row.seq;
      this.#note('changed_movement', row.seq);
    }
  }

  /** Ends with the head and the number that the bucket has kept. */
  end(head: string, seq: number): ChainFault[] {
    this.#skipTo(seq + 1);
    this.#follow(seq, seq);
    for (const kept of this.#lost ? [] : this.#kept.keys()) this.#note('changed_statement', kept);
    if (this.#lost || this.#head === head) return this.#faults;
    // Nothing fits from there on: it is what was before that was rewritten, hash and all.
    const from = this.#unfitFrom ?? seq;
    const before = this.#faults.filter((fault) => fault.seq < from);
    return [...before, { kind: 'broken_chain', seq: from }];
  }

  /** Computes the hash of a movement that hangs on this head; the same as `movement_hash` in the database. */
  #hashOf({ said }: LedgerRow): string {
    const length = HASH_LENGTH + said.length;
    if (length > this.#hashed.length) this.#hashed = Buffer.concat([this.#hashed], length * 2);
    this.#hashed.set(said, HASH_LENGTH);
    return hash('sha256', this.#hashed.subarray(0, length));
  }

  #skipTo(seq: number): void {
    for (let missing = this.#seq + 1; missing < seq && this.#faults.length < MOST_FAULTS; missing += 1) {
      this.#lost = true;
      this.#note('missing_movement', missing);
    }
    this.#seq = Math.max(this.#seq, seq - 1);
  }

  #follow(link: number, at: number): void {
    if (link !== this.#seq && !this.#lost) {
      this.#lost = true;
      this.#note('broken_chain', at);
    }
    if (this.#hashes.length > 0) {
      this.#head = createHash('sha256')
        .update(this.#head + this.#hashes.join(''), 'hex')
        .digest('hex');
      this.#hashed.write(this.#head, 'hex');
    }
    this.#link = link;
    this.#hashes = [];
    this.#proveKept();
  }

  #proveKept(): void {
    const kept = this.#kept.get(this.#seq);
    this.#kept.delete(this.#seq);
    if (kept !== undefined && !this.#lost && kept !== this.#head) this.#note('changed_statement', this.#seq);
  }

  #note(kind: ChainFault['kind'], seq: number): void {
    if (this.#faults.length < MOST_FAULTS) this.#faults.push({ kind, seq });
  }
}
