import { describe, expect, it } from 'vitest';
import { secondsAtMost, tablesGoneThrough } from './migration-work.rules.ts';

const SALES = { name: 'transactions', rows: 1_000_000, bytes: 400_000_000 };
const OFFERS = { name: 'offers', rows: 100, bytes: 16_384 };

const namesIn = (sql: string): string[] => tablesGoneThrough(sql, [SALES, OFFERS]).map(({ name }) => name);

describe('a migration goes through', () => {
  it.each([
    'CREATE INDEX by_day ON transactions (at);',
    'UPDATE transactions SET a = 1;',
    'INSERT INTO counts SELECT count(*) FROM transactions;',
    'ALTER TABLE transactions ADD CHECK (a > 0);',
    'ALTER TABLE transactions ALTER COLUMN a TYPE bigint;',
    'ALTER TABLE transactions ALTER COLUMN a SET NOT NULL;',
    'DO $$ BEGIN UPDATE transactions SET a = 1; END $$;',
  ])('a table of which it looks at the rows: %s', (sql) => {
    expect(namesIn(sql)).toEqual(['transactions']);
  });

  it.each([
    'CREATE TABLE returns (id uuid REFERENCES transactions);',
    'ALTER TABLE transactions ADD COLUMN note text;',
    'CREATE TRIGGER kept BEFORE DELETE ON transactions FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewrite();',
    'CREATE OR REPLACE FUNCTION f() RETURNS void LANGUAGE sql AS $$ DELETE FROM transactions; SELECT 1; $$;',
    '-- UPDATE transactions SET a = 1;\nDROP INDEX by_day;',
    'UPDATE old_transactions SET a = 1;',
  ])('nothing where only something new is said: %s', (sql) => {
    expect(namesIn(sql)).toEqual([]);
  });

  it('a table once for each statement', () => {
    expect(
      namesIn('UPDATE offers SET a = 1; CREATE INDEX i ON transactions (a); CREATE INDEX j ON offers (b)'),
    ).toEqual(['offers', 'transactions', 'offers']);
  });

  it('20 MB a second on a slow disk, and a second for what is small', () => {
    expect([secondsAtMost([SALES, OFFERS]), secondsAtMost([OFFERS]), secondsAtMost([])]).toEqual([21, 1, 0]);
  });
});
