import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Chain, type ChainFault, chainStart, type LedgerRow } from './chain.rules.ts';

const DISTRIBUTOR = '01890000-0000-7000-8000-000000000001';
const OFFER = '01890000-0000-7000-8000-000000000002';

interface Ledger {
  rows: LedgerRow[];
  head: string;
}

const int8 = (n: bigint): Buffer => {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64BE(n);
  return bytes;
};

/** What a ledger says of a movement. */
interface Said {
  seq: number;
  kind: string;
  units: number;
  transaction: Buffer;
  at: Date;
  reference: string;
  justification: string;
}

const bytesOf = ({ seq, kind, units, transaction, at, reference, justification }: Said): Buffer =>
  Buffer.concat([
    int8(BigInt(seq)),
    Buffer.from(kind),
    int8(BigInt(units)),
    transaction,
    int8((BigInt(at.getTime()) - 946_684_800_000n) * 1_000n),
    Buffer.from(`${reference}\0${justification}`),
  ]);
const grant = (seq: number): Said => ({
  seq,
  kind: 'grant',
  units: 5,
  transaction: Buffer.alloc(0),
  at: new Date(Date.UTC(2026, 10, 24) + seq),
  // Some are longer than there is room for at first.
  reference: `R-${seq}`.repeat(seq % 3 === 0 ? 400 : 1),
  justification: 'why',
});

/** A ledger as the database writes it: the hashing is said here once more, in other words. */
function ledgerOf(batches: readonly number[]): Ledger {
  const rows: LedgerRow[] = [];
  let head = Buffer.from(chainStart(DISTRIBUTOR, OFFER), 'hex');
  for (const size of batches) {
    const link = rows.length;
    const hashes: Uint8Array[] = [];
    for (let i = 0; i < size; i += 1) {
      const seq = rows.length + 1;
      const said = bytesOf(grant(seq));
      const hash = createHash('sha256')
        .update(Buffer.concat([head, said]))
        .digest();
      hashes.push(hash);
      rows.push({ seq, kind: 'grant', units: 5, link, said, hash: hash.toString('hex') });
    }
    head = createHash('sha256')
      .update(Buffer.concat([head, ...hashes]))
      .digest();
  }
  return { rows, head: head.toString('hex') };
}

function faultsOf({ rows, head }: Ledger, seq = rows.length): ChainFault[] {
  const chain = new Chain({ head: chainStart(DISTRIBUTOR, OFFER), seq: 0 });
  for (const row of rows) chain.add(row);
  return chain.end(head, seq);
}

const batches = fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 8 });
/** A ledger and one of its rows. */
const ledgerAndRow = batches.chain((sizes) =>
  fc.tuple(fc.constant(sizes), fc.nat(sizes.reduce((sum, size) => sum + size, 0) - 1)),
);

describe('a chain', () => {
  it('without a movement is whole', () => {
    expect(faultsOf({ rows: [], head: chainStart(DISTRIBUTOR, OFFER) })).toEqual([]);
  });

  it('as it was written is whole, however it was written', () => {
    fc.assert(
      fc.property(batches, (sizes) => {
        expect(faultsOf(ledgerOf(sizes))).toEqual([]);
      }),
    );
  });

  it('names the one movement that was changed', () => {
    const changes: Partial<Said>[] = [
      { units: 6 },
      { kind: 'adjust' },
      { reference: 'R-0' },
      { justification: 'because' },
      { at: new Date(0) },
      { transaction: Buffer.alloc(16) },
    ];
    fc.assert(
      fc.property(ledgerAndRow, fc.constantFrom(...changes), ([sizes, nth], change) => {
        const ledger = ledgerOf(sizes);
        const rows = ledger.rows.map((row, i) =>
          i === nth ? { ...row, said: bytesOf({ ...grant(row.seq), ...change }) } : row,
        );
        expect(faultsOf({ ...ledger, rows })).toEqual([{ kind: 'changed_movement', seq: nth + 1 }]);
      }),
    );
  });

  it('names the movement that was removed, also the last one', () => {
    fc.assert(
      fc.property(ledgerAndRow, ([sizes, nth]) => {
        const ledger = ledgerOf(sizes);
        const rows = ledger.rows.toSpliced(nth, 1);
        expect(faultsOf({ ...ledger, rows }, ledger.rows.length)).toEqual([{ kind: 'missing_movement', seq: nth + 1 }]);
      }),
    );
  });

  it('is broken where a movement was rewritten, its hash included', () => {
    fc.assert(
      fc.property(ledgerAndRow, ([sizes, nth]) => {
        const ledger = ledgerOf(sizes);
        const hash = createHash('sha256').update('other').digest('hex');
        const said = Buffer.from('other');
        const rows = ledger.rows.map((row, i) => (i === nth ? { ...row, units: 6, said, hash } : row));
        const faults = faultsOf({ ...ledger, rows });
        expect(faults).not.toEqual([]);
        expect(faults.every(({ seq }) => seq >= nth + 1 - (sizes[0] ?? 0))).toBe(true);
      }),
    );
  });

  it('of another bucket does not fit', () => {
    const { rows, head } = ledgerOf([2, 1]);
    const chain = new Chain({ head: chainStart(OFFER, DISTRIBUTOR), seq: 0 });
    for (const row of rows) chain.add(row);
    expect(chain.end(head, 3)).not.toEqual([]);
  });
});
