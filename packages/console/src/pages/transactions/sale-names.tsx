import { isUuid } from '@opentopup/contract/uuid-text';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { DistributorLink } from '../../parts/distributor-link.tsx';
import { useMay } from '../../session/session.ts';
import type { AnyTransaction } from './any-transaction.ts';
import { useSellerChoices } from './use-choices.ts';

/**
 * Tells how whoever sold is called: by its address where it sells at the console, else by the reference it gave. Not by an id,
 * which is that of an account whose address whoever looks does not see.
 */
export function useSellerName(): (userId: string | undefined) => string | undefined {
  const sellers = useSellerChoices(undefined);
  return (userId) => sellers?.find(({ value }) => value === userId)?.label ?? (isUuid(userId) ? undefined : userId);
}

/** A name that leads to the other sales that have it too. */
function Others({ of, name, children }: { of: string; name: string; children: string }) {
  return (
    <Link to={`/transactions?${new URLSearchParams({ [name]: of })}`}>
      <bdi>{children}</bdi>
    </Link>
  );
}

/** What a sale has in common with others: each by its name, with a way to them. */
export function useSaleLinks({ offer_id, offer_name, distributor_id, distributor_name, ...sale }: AnyTransaction) {
  const may = useMay();
  const sellerName = useSellerName();
  const seesStock = may('getDistributorOffer') || may('getOffer');
  const { user_id, supplier_id, supplier_name, parameters } = sale;
  const line = parameters.msisdn ?? parameters.simId;
  const links: Record<'line' | 'offer' | 'distributor' | 'supplier' | 'seller', ReactNode> = {
    line: line && (
      <Others name="line" of={line}>
        {line}
      </Others>
    ),
    offer: seesStock ? (
      <Link to={`/stock/${offer_id}`}>
        <bdi>{offer_name}</bdi>
      </Link>
    ) : (
      <bdi>{offer_name}</bdi>
    ),
    distributor: distributor_id && <DistributorLink id={distributor_id} name={distributor_name ?? distributor_id} />,
    supplier: supplier_id ? (
      <Others name="supplier" of={supplier_id}>
        {supplier_name}
      </Others>
    ) : (
      <bdi>{supplier_name}</bdi>
    ),
    seller: user_id && (
      <Others name="user" of={user_id}>
        {sellerName(user_id) ?? user_id}
      </Others>
    ),
  };
  return links;
}
