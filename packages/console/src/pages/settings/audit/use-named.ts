import { useAllOffers, useDistributors } from '../../../parts/use-all-offers.ts';
import { useStaff } from '../../../parts/use-staff.ts';
import { useSupplierChoices } from '../../transactions/use-choices.ts';

/** Something that the audit trail names by its id. */
export interface Named {
  name: string;
  /** Its page; people have none. */
  path?: string;
}

/** Gives what is called something, by its id. */
export function useNamed(): ReadonlyMap<string, Named> {
  const offers = useAllOffers().data ?? [];
  const distributors = useDistributors().data ?? [];
  const people = useStaff().data ?? [];
  const suppliers = useSupplierChoices() ?? [];
  return new Map<string, Named>([
    ...offers.map(({ id, name }) => [id, { name, path: `/stock/${id}` }] as const),
    ...distributors.map(({ id, name }) => [id, { name, path: `/settings/distributors/${id}` }] as const),
    ...suppliers.map(({ value, label }) => [value, { name: label, path: `/settings/suppliers/${value}` }] as const),
    ...people.map(({ id, email }) => [id, { name: email }] as const),
  ]);
}
