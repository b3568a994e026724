import fc from 'fast-check';
import pg from 'pg';
import { expect, it } from 'vitest';
import { types } from './pg-query.ts';

const TIMESTAMPTZ = pg.types.builtins.TIMESTAMPTZ;
const own = types.getTypeParser(TIMESTAMPTZ) as (text: string) => Date;
const drivers = pg.types.getTypeParser(TIMESTAMPTZ) as (text: string) => Date;

it('instants are read as the driver reads them, to the millisecond', () => {
  const instant = fc.date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true });
  fc.assert(
    fc.property(instant, fc.stringMatching(/^(\.\d{1,6})?$/), (date, fraction) => {
      const text = `${date.toISOString().slice(0, 19).replace('T', ' ')}${fraction}+00`;
      expect(own(text)).toEqual(drivers(text));
    }),
  );
});
