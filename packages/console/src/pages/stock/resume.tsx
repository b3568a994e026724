import type { OperatorOffer } from '@opentopup/contract';
import { useMutation } from '@tanstack/react-query';
import { useFormats } from '../../language/format.ts';
import { useMessages } from '../../language/language.ts';
import { Confirm } from '../../parts/confirm.tsx';
import { RefusalNote } from '../../parts/refusal-note.tsx';
import { queries, server } from '../../server.ts';

/** Puts an offer back on sale that was stopped because of what its supplier charges now. */
export function Resume({ offer, onDone }: { offer: OperatorOffer; onDone: () => void }) {
  const m = useMessages();
  const f = useFormats();
  const { id, name, cost, resell_value, currency } = offer;
  const resume = useMutation({
    mutationFn: () => server.operator.call('changeOffer', { params: { id }, body: { status: 'available' } }),
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: ['all offers'] });
      onDone();
    },
  });
  return (
    <Confirm
      open
      title={m.stock.resumeSale(name)}
      onClose={onDone}
      actions={
        <>
          <button type="button" className="button" onClick={onDone}>
            {m.cancel}
          </button>
          <button
            type="button"
            className="button button-main"
            disabled={resume.isPending}
            onClick={() => resume.mutate()}
          >
            {m.stock.resume}
          </button>
        </>
      }
    >
      <p>
        {m.stock.soldFor(f.money(resell_value, currency), cost === undefined ? undefined : f.money(cost, currency))}
      </p>
      <RefusalNote error={resume.error} />
    </Confirm>
  );
}
