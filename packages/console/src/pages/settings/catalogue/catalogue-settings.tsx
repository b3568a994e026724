import type { GuardedOperation } from '@opentopup/contract';
import type { ComponentType } from 'react';
import { Link, useParams } from 'react-router';
import { useMessages } from '../../../language/language.ts';
import { useOfficeMessages } from '../../../language/office.ts';
import { useMay } from '../../../session/session.ts';
import { AllOffers } from './all-offers.tsx';
import { AllProducts } from './all-products.tsx';
import { ImportForm } from './import-form.tsx';

const VIEWS = [
  { name: 'offers', needs: 'listOffers', Content: AllOffers },
  { name: 'products', needs: 'listProducts', Content: AllProducts },
  { name: 'import', needs: 'importCsv', Content: ImportForm },
] as const satisfies readonly { name: string; needs: GuardedOperation; Content: ComponentType }[];

/** All that is offered, all that could be, and the way to change much of it at once; for the operator. */
export function CatalogueSettings() {
  const m = useMessages();
  const o = useOfficeMessages();
  const may = useMay();
  const { id: view = 'offers' } = useParams();
  const views = VIEWS.filter(({ needs }) => may(needs));
  const { Content = AllOffers } = views.find(({ name }) => name === view) ?? {};
  return (
    <>
      <nav className="actions lead" aria-label={m.settings.catalogue}>
        {views.map(({ name }) => (
          <Link
            key={name}
            className={name === view ? 'button button-main' : 'button'}
            aria-current={name === view ? 'page' : undefined}
            to={`/settings/catalogue/${name}`}
          >
            {o.catalogue.views[name]}
          </Link>
        ))}
      </nav>
      <Content />
    </>
  );
}
