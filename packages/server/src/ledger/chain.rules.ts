import { createHash } from 'node:crypto';

/** A movement as it stands in the ledger. */
export interface LedgerRow {
  seq: number;
  kind: string;
  units: number;
  transaction_id: string | null;
  at: Date;
  reference: string | null;
  justification: string | null;
  /** Number of the last movement before those booked by the same statement. */
  link: number;
  hash: Uint8Array;
}

/** What is wrong with a chain, and at which movement. */
export interface ChainFault {
  kind: 'missing_movement' | 'changed_movement' | 'broken_chain';
  seq: number;
}

/** PostgreSQL counts microseconds from the year 2000. */
const POSTGRES_EPOCH_MS = Date.UTC(2000, 0, 1);

const int8 = (value: bigint): Buffer => {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64BE(value);
  return bytes;
};
const sha256 = (...parts: Uint8Array[]): Buffer =>
  parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest();
const uuidBytes = (uuid: string): Buffer => Buffer.from(uuid.replaceAll('-', ''), 'hex');

/** Returns the hash with which a bucket's chain begins. */
export const chainStart = (distributorId: string, offerId: string): Buffer =>
  sha256(uuidBytes(distributorId), uuidBytes(offerId));

/** Computes the hash of a movement that hangs on this head; the same as `movement_hash` in the database. */
function movementHash(head: Uint8Array, row: LedgerRow): Buffer {
  return sha256(
    head,
    int8(BigInt(row.seq)),
    Buffer.from(row.kind),
    int8(BigInt(row.units)),
    row.transaction_id === null ? Buffer.alloc(0) : uuidBytes(row.transaction_id),
    int8(BigInt(row.at.getTime() - POSTGRES_EPOCH_MS) * 1_000n),
    Buffer.from(row.reference ?? ''),
    Buffer.from([0]),
    Buffer.from(row.justification ?? ''),
  );
}

/** More faults than a person will read are not listed. */
const MOST_FAULTS = 100;

/** Follows a bucket's chain, movement by movement, and says where it is not what it was. */
export class Chain {
  readonly #faults: ChainFault[] = [];
  /** The head that the movements read now hang on. */
  #head: Uint8Array;
  #link: number;
  #seq: number;
  #hashes: Uint8Array[] = [];
  /** Where those movements begin that do not fit, one after the other, up to now. */
  #unfitFrom: number | null = null;
  /** After a movement is missing, its hash is too, and what hangs on it cannot be proved. */
  #lost = false;

  /**
   * Begins at a head.
   * @param from the head where it begins, and the number of the last movement before
   */
  constructor(from: { head: Uint8Array; seq: number }) {
    this.#head = from.head;
    this.#link = from.seq;
    this.#seq = from.seq;
  }

  /** Takes the next movement, in the order of their numbers. */
  add(row: LedgerRow): void {
    this.#skipTo(row.seq);
    if (row.link !== this.#link) this.#follow(row.link, row.seq);
    this.#seq = row.seq;
    this.#hashes.push(row.hash);
    if (this.#lost) return;
    if (Buffer.compare(movementHash(this.#head, row), row.hash) === 0) {
      this.#unfitFrom = null;
    } else {
      this.#unfitFrom ??= row.seq;
      this.#note('changed_movement', row.seq);
    }
  }

  /** Ends with the head and the number that the bucket has kept. */
  end(head: Uint8Array, seq: number): ChainFault[] {
    this.#skipTo(seq + 1);
    this.#follow(seq, seq);
    if (this.#lost || Buffer.compare(this.#head, head) === 0) return this.#faults;
    // Nothing fits from there on: it is what was before that was rewritten, hash and all.
    const from = this.#unfitFrom ?? seq;
    const before = this.#faults.filter((fault) => fault.seq < from);
    return [...before, { kind: 'broken_chain', seq: from }];
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
    if (this.#hashes.length > 0) this.#head = sha256(this.#head, ...this.#hashes);
    this.#link = link;
    this.#hashes = [];
  }

  #note(kind: ChainFault['kind'], seq: number): void {
    if (this.#faults.length < MOST_FAULTS) this.#faults.push({ kind, seq });
  }
}
