import { isUuid } from '@opentopup/contract/uuid-text';
import type { TravelB2B } from '../../index.ts';
import { Misuse } from '../misuse.ts';
import type { CliSession } from '../session.ts';

/**
 * Gives the id of the supplier that is asked about a SIM: the one that somebody named by its id or name, that of the
 * transaction, or the only one there is.
 * @throws Misuse where none of these is one
 */
export async function supplierId(
  { t, signal }: CliSession,
  client: TravelB2B,
  { supplier, transaction }: { supplier?: string; transaction?: string },
): Promise<string> {
  if (supplier !== undefined && isUuid(supplier)) return supplier;
  if (supplier === undefined && transaction !== undefined) {
    const { offer_id } = await client.transactions.get(transaction, { signal });
    return (await client.offers.get(offer_id, { signal })).product.supplier_id;
  }
  const all = await client.suppliers.list({ signal });
  const isNamed = (name: string): boolean =>
    supplier === undefined || name.localeCompare(supplier, undefined, { sensitivity: 'base' }) === 0;
  const [found, another] = all.filter(({ name }) => isNamed(name));
  if (!found || another) throw new Misuse(t.sim.whichSupplier(all.map(({ name }) => name)));
  return found.id;
}
