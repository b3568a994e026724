import { numbersMeant } from '@opentopup/contract/lines/read-number';
import { readSerial } from '@opentopup/contract/lines/read-serial';
import { readSupplierCountries } from '../../catalogue/suppliers/suppliers.query.ts';
import type { Query } from '../../database/database.ts';

/**
 * The texts under which a line may be kept that somebody names, in whatever spelling: a number without its country's
 * code may be one of each country that there is a supplier in, and digits alone may be a serial.
 */
export async function findLines(db: Query, written: string): Promise<string[]> {
  const serial = readSerial(written, 'off');
  const countries = await readSupplierCountries(db);
  const numbers = countries.flatMap((country) => numbersMeant(written, country));
  return [...new Set([...numbers, ...(serial.ok ? [serial.serial] : [])])];
}
