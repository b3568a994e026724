import { useMessages } from '../../language/language.ts';
import { PageFrame } from '../../parts/page-frame.tsx';
import { useMay } from '../../session/session.ts';
import { AlertsLink } from './alerts-link.tsx';
import { AllStock } from './all-stock.tsx';
import { OwnStock } from './own-stock.tsx';
import { ParkedOrders } from './parked-orders.tsx';
import { RefillOrders } from './refill-orders.tsx';

/** What is left of each offer. */
export function Component() {
  const m = useMessages();
  const isOperator = useMay()('listOffers');
  return (
    <PageFrame title={m.pages.stock} actions={<AlertsLink />}>
      <ParkedOrders />
      <RefillOrders />
      {isOperator ? <AllStock /> : <OwnStock />}
    </PageFrame>
  );
}
