import { expect, it } from 'vitest';
import { attemptReference, readAttemptReference } from './attempt.ts';

const ID = '01935a2c-0000-7000-8000-000000000004';

it('an attempt has a reference of its own, which reads back; the first has that of its order', () => {
  const references = [1, 2, 10, 20].map((number) => attemptReference({ transaction_id: ID, number }));
  expect(references).toEqual([ID, `${ID}-2`, `${ID}-10`, `${ID}-20`]);
  expect(references.map((reference) => readAttemptReference(reference)?.number)).toEqual([1, 2, 10, 20]);
  // The longest that suppliers take.
  for (const reference of references) expect(reference.length).toBeLessThanOrEqual(40);
});

it.each(['', 'x', ID.slice(1), `${ID}-`, `${ID}-0`, `${ID}-1`, `${ID}-02`, `${ID}-2x`, `${ID}-100`, ` ${ID}`])(
  'no attempt has the reference %j',
  (reference) => {
    expect(readAttemptReference(reference)).toBeNull();
  },
);
