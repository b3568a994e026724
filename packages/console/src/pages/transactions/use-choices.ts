import { useQuery } from '@tanstack/react-query';
import { useAllOffers, useDistributors } from '../../parts/use-all-offers.ts';
import { useStaff } from '../../parts/use-staff.ts';
import { server } from '../../server.ts';
import { useMay } from '../../session/session.ts';
import { useOffers } from '../sell/offers.ts';

/** What is chosen by its name, while the filter has its id. */
export interface Choice {
  value: string;
  label: string;
}

const ofNames = (things: readonly { id: string; name: string }[] = []): Choice[] =>
  things.map(({ id, name }) => ({ value: id, label: name }));

/** Gives the offers that there may be transactions of. Those of several distributors may be called the same. */
export function useOfferChoices(distributor: string | undefined): Choice[] {
  const own = useOffers();
  const all = useAllOffers();
  const distributors = useDistributors();
  if (!all.data) return ofNames(own.data);
  const nameOf = (id: string): string => distributors.data?.find((each) => each.id === id)?.name ?? id;
  if (distributor) return ofNames(all.data.filter(({ distributor_id }) => distributor_id === distributor));
  return all.data.map(({ id, name, distributor_id }) => ({ value: id, label: `${name} (${nameOf(distributor_id)})` }));
}

/** Gives the suppliers that whoever is signed in may see; null where it sees none. */
export function useSupplierChoices(): Choice[] | null {
  const may = useMay();
  const isOperator = may('listSuppliers');
  const enabled = isOperator || may('getAvailableSupplierList');
  const suppliers = useQuery({
    queryKey: ['suppliers'],
    queryFn: (): Promise<{ id: string; name: string }[]> =>
      isOperator
        ? Array.fromAsync(server.operator.each('listSuppliers', { query: { limit: 1_000 } }))
        : server.operations.call('getAvailableSupplierList'),
    enabled,
  });
  return enabled ? ofNames(suppliers.data) : null;
}

/** Tells who may have sold at the console; null where whoever is signed in does not see that. */
export function useSellerChoices(distributor: string | undefined): Choice[] | null {
  const may = useMay();
  const staff = useStaff();
  if (!may('listAccounts') && !may('listStaff')) return null;
  return (staff.data ?? [])
    .filter(({ role }) => role === 'seller' || role === 'distributor_admin')
    .filter(({ distributor_id }) => !distributor || distributor_id === distributor)
    .map(({ id, email }) => ({ value: id, label: email }));
}
