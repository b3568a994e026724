import type { OfferLight } from '@opentopup/contract';
import { readNumber } from '@opentopup/contract/lines/read-number';
import { useRef } from 'react';
import { Link } from 'react-router';
import { useFormats } from '../../language/format.ts';
import { useMessages } from '../../language/language.ts';
import { Confirm } from '../../parts/confirm.tsx';
import { Facts } from '../../parts/facts.tsx';
import { RefusalNote } from '../../parts/refusal-note.tsx';
import { RecentSales } from './recent-sales.tsx';
import { inGroups } from './typed-serial.ts';
import { OldOrder, type OngoingSale } from './use-sale.ts';

/** Returns the number of an order as it is written everywhere (E.164). */
function wholeNumber({ product }: OfferLight, msisdn: string | undefined): string | undefined {
  const read = msisdn === undefined ? undefined : readNumber(msisdn, product.line_country ?? '');
  return read?.ok ? read.e164 : undefined;
}

/** What will happen, before it does; and that it does. */
export function ConfirmSale({ offer, sale }: { offer: OfferLight; sale: OngoingSale }) {
  const m = useMessages();
  const f = useFormats();
  const sell = useRef<HTMLButtonElement>(null);
  const { draft, isSending, error } = sale;
  const { order } = draft;
  const { msisdn, simId } = order?.body.parameters ?? {};
  const line = msisdn ?? (simId && inGroups(simId));
  // An eSIM has no line yet.
  const effect = line ? m.sell.effect : m.sell.esimEffect;
  const until = order?.body.park_until;
  const isTooOld = error instanceof OldOrder;
  const isDoubtful = order?.isSent === true && error !== null && !isTooOld;
  const mayDrop = !isSending && (!order?.isSent || isTooOld);
  return (
    <Confirm
      open={order !== null}
      title={until ? m.sell.park.confirmTitle : m.sell.confirmTitle}
      onClose={() => mayDrop && sale.drop()}
      first={sell}
      actions={
        <>
          <button type="button" className="button" disabled={!mayDrop} onClick={sale.drop}>
            {m.cancel}
          </button>
          {isTooOld ? (
            <Link className="button button-main" to={`/transactions?line=${encodeURIComponent(msisdn ?? simId ?? '')}`}>
              {m.sell.lookUp}
            </Link>
          ) : (
            <button ref={sell} type="button" className="button button-main" disabled={isSending} onClick={sale.send}>
              {isSending ? m.sell.sending : isDoubtful ? m.sell.findOut : until ? m.sell.park.confirm : m.sell.confirm}
            </button>
          )}
        </>
      }
    >
      <Facts
        facts={[
          [m.sell.offer, offer.name],
          [msisdn ? m.sell.number : m.sell.serial, line && <span className="line">{line}</span>],
          [m.sell.customerPays, f.money(offer.public_price, offer.product.reference_currency)],
          [m.sell.reference, order?.body.user_id],
        ]}
      />
      {!order?.isSent && <RecentSales line={simId ?? wholeNumber(offer, msisdn)} />}
      <p className="hint">
        {until ? m.sell.park.effect(f.moment(until)) : effect(f.number(offer.bucket), offer.bucket)}
      </p>
      <div role="status">{isSending && <p className="notice">{m.sell.sendingHint}</p>}</div>
      {isTooOld && <p className="notice notice-bad">{m.sell.tooOld}</p>}
      {isDoubtful && !isSending && (
        <>
          <p className="notice notice-bad">{m.sell.doubtful}</p>
          <RefusalNote error={error} />
        </>
      )}
    </Confirm>
  );
}
