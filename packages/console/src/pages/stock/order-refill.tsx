import type { OfferStock } from '@opentopup/contract';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useBooksMessages } from '../../language/books.ts';
import { useFormats } from '../../language/format.ts';
import { useMessages } from '../../language/language.ts';
import { Confirm } from '../../parts/confirm.tsx';
import { RefusalNote } from '../../parts/refusal-note.tsx';
import { queries, server } from '../../server.ts';
import { UnitsFields } from './units-fields.tsx';

const FORM = 'refill';

interface Props {
  offer: { id: string; name: string };
  refill: OfferStock['refill'];
  onDone: () => void;
}

/** Makes a reference that nobody has used: an order that is sent again is the same one. */
const newReference = (): string => `R-${crypto.randomUUID().slice(0, 8).toUpperCase()}`;

/** Orders units for a stock: how many is filled in as the forecast suggests. */
export function OrderRefill({ offer, refill, onDone }: Props) {
  const m = useMessages();
  const b = useBooksMessages();
  const f = useFormats();
  const [units, setUnits] = useState(refill.units ? String(refill.units) : '');
  const [reference, setReference] = useState(newReference);
  const order = useMutation({
    mutationFn: () =>
      server.opentopup.call('orderRefill', {
        body: { offer_id: offer.id, units: Number(units), reference: reference.trim() },
      }),
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: ['refill orders'] });
      onDone();
    },
  });
  const send = (event: FormEvent): void => {
    event.preventDefault();
    order.mutate();
  };
  const days = f.number(refill.days);
  const suggestion = refill.units ? b.refill.suggested(f.number(refill.units), days) : b.refill.enough(days);
  return (
    <Confirm
      open
      title={b.refill.orderFor(offer.name)}
      onClose={onDone}
      actions={
        <>
          <button type="button" className="button" onClick={onDone}>
            {m.cancel}
          </button>
          <button type="submit" form={FORM} className="button button-main" disabled={order.isPending}>
            {b.refill.send}
          </button>
        </>
      }
    >
      <form id={FORM} onSubmit={send}>
        <UnitsFields
          units={units}
          onUnits={setUnits}
          unitsHint={refill.units === undefined ? b.refill.notSuggested : suggestion}
          reference={reference}
          onReference={setReference}
          about={{ label: b.refill.reference, hint: b.refill.referenceHint }}
        />
        <RefusalNote error={order.error} />
      </form>
    </Confirm>
  );
}
