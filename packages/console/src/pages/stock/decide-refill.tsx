import type { OwnRefillOrder, RefillDecision, RefillOrder } from '@opentopup/contract';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useBooksMessages } from '../../language/books.ts';
import { useFormats } from '../../language/format.ts';
import { inWords } from '../../language/in-words.ts';
import { useLanguage } from '../../language/language.ts';
import { ConfirmDeed } from '../../parts/confirm-deed.tsx';
import { TextField } from '../../parts/field.tsx';
import { RefusalNote } from '../../parts/refusal-note.tsx';
import { WhoseStock } from '../../parts/whose-stock.tsx';
import { queries, server } from '../../server.ts';

/** An order as the operator sees it, or whose it is. */
export type AnyOrder = OwnRefillOrder & Partial<RefillOrder>;

/** Grants the units that a distributor has ordered, after a question that names whose and how many; or declines them. */
export function DecideRefill({ order: { id, units, offer_name, distributor_id, available } }: { order: AnyOrder }) {
  const b = useBooksMessages();
  const f = useFormats();
  const language = useLanguage();
  const [isGranting, setGranting] = useState(false);
  const [isDeclining, setDeclining] = useState(false);
  const [justification, setJustification] = useState('');
  const decide = useMutation({
    mutationFn: (body: RefillDecision) => server.operator.call('decideRefillOrder', { params: { id }, body }),
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: ['refill orders'] });
      void queries.invalidateQueries({ queryKey: ['all offers'] });
    },
  });
  const decline = (): void => {
    if (isDeclining) decide.mutate({ decision: 'decline', justification });
    else setDeclining(true);
  };
  return (
    <div>
      {isDeclining && (
        <TextField
          label={b.refill.why}
          hint={b.refill.whyHint}
          maxLength={900}
          value={justification}
          onChange={(event) => setJustification(event.target.value)}
        />
      )}
      <RefusalNote error={decide.error} />
      <div className="actions">
        <button
          type="button"
          className="button button-main"
          disabled={decide.isPending}
          onClick={() => setGranting(true)}
        >
          {b.refill.grant}
        </button>
        <button
          type="button"
          className="button"
          disabled={decide.isPending || (isDeclining && justification.trim() === '')}
          onClick={decline}
        >
          {b.refill.decline}
        </button>
      </div>
      {isGranting && (
        <ConfirmDeed
          title={b.refill.grantSure}
          deed={b.refill.grant}
          onDo={() => decide.mutate({ decision: 'grant' })}
          onClose={() => setGranting(false)}
        >
          {distributor_id && <WhoseStock distributor={distributor_id} />}
          <p className="big">{b.refill.unitsOf(f.number(units), offer_name)}</p>
          <p>{inWords(units, language)}</p>
          {available !== undefined && <p className="hint">{b.refill.stockThen(f.number(available + units))}</p>}
        </ConfirmDeed>
      )}
    </div>
  );
}
