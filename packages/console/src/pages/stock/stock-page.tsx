import { Bell } from 'lucide-react';
import { Link } from 'react-router';
import { useMessages } from '../../language/language.ts';
import { Page } from '../../parts/page.tsx';
import { useMay } from '../../session/session.ts';
import { AllStock } from './all-stock.tsx';
import { OwnStock } from './own-stock.tsx';

/** What is left of each offer. */
export function Component() {
  const m = useMessages();
  const may = useMay();
  const alerts = may('createAlert') && (
    <Link className="button" to="/stock/alerts">
      <Bell aria-hidden /> {m.alerts.title}
    </Link>
  );
  return (
    <Page title={m.pages.stock} actions={alerts}>
      {may('listOffers') ? <AllStock /> : <OwnStock />}
    </Page>
  );
}
