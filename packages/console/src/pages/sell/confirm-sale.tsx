import type { OfferLight } from '@opentopup/contract';
import { Link } from 'react-router';
import { useFormats } from '../../language/format.ts';
import { useMessages } from '../../language/language.ts';
import { Confirm } from '../../parts/confirm.tsx';
import { Facts } from '../../parts/facts.tsx';
import { RefusalNote } from '../../parts/refusal-note.tsx';
import { inGroups } from './typed-serial.ts';
import { OldOrder, type OngoingSale } from './use-sale.ts';

/** What will happen, before it does; and that it does. */
export function ConfirmSale({ offer, sale }: { offer: OfferLight; sale: OngoingSale }) {
  const m = useMessages();
  const f = useFormats();
  const { draft, isSending, error } = sale;
  const { order } = draft;
  const { msisdn, simId } = order?.body.parameters ?? {};
  const line = msisdn ?? (simId && inGroups(simId));
  const isTooOld = error instanceof OldOrder;
  const isDoubtful = order?.isSent === true && error !== null && !isTooOld;
  const mayDrop = !isSending && (!order?.isSent || isTooOld);
  return (
    <Confirm
      open={order !== null}
      title={m.sell.confirmTitle}
      onClose={() => mayDrop && sale.drop()}
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
            <button type="button" className="button button-main" disabled={isSending} onClick={sale.send}>
              {isSending ? m.sell.sending : isDoubtful ? m.sell.findOut : m.sell.confirm}
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
      <p className="hint">{m.sell.effect(f.number(offer.bucket), offer.bucket)}</p>
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
