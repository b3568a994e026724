import { Link } from 'react-router';
import { useMay } from '../session/session.ts';

/** The name of a distributor; it leads the operator to its page. */
export function DistributorLink({ id, name }: { id: string; name: string }) {
  const may = useMay();
  if (!may('getDistributor')) return <bdi>{name}</bdi>;
  return (
    <Link to={`/settings/distributors/${id}`}>
      <bdi>{name}</bdi>
    </Link>
  );
}
