import { describe, expect, it } from 'vitest';
import { outcomeOfSeveral } from './several-orders.ts';

describe('several orders of one reference', () => {
  const delivered = { outcome: 'ok', supplier_reference: '7' } as const;
  const failed = { outcome: 'ko', reason: 'supplier_refused', message: 'It failed' } as const;

  it('are delivered where one of them is, as often as they were', () => {
    expect(outcomeOfSeveral([failed, delivered])).toEqual(delivered);
    expect(outcomeOfSeveral([delivered, delivered])).toEqual({ ...delivered, deliveries: 2 });
  });

  it('prove nothing where none of them is', () => {
    expect(outcomeOfSeveral([failed, failed])).toMatchObject({ outcome: 'unknown' });
  });
});
