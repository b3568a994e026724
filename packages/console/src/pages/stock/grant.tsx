import type { OperatorOffer } from '@opentopup/contract';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useFormats } from '../../language/format.ts';
import { inWords } from '../../language/in-words.ts';
import { useLanguage, useMessages } from '../../language/language.ts';
import { useOfficeMessages } from '../../language/office.ts';
import { Confirm } from '../../parts/confirm.tsx';
import { SelectField } from '../../parts/field.tsx';
import { JustificationField } from '../../parts/justification-field.tsx';
import { RefusalNote } from '../../parts/refusal-note.tsx';
import { WhoseStock } from '../../parts/whose-stock.tsx';
import { queries, server } from '../../server.ts';
import { UnitsFields } from './units-fields.tsx';

const FORM = 'grant';
const KINDS = ['grant', 'add', 'take'] as const;
type Kind = (typeof KINDS)[number];

/** Grants units to an offer, or corrects its stock, in two steps: what and why, then yes. The reference books it once. */
export function Grant({ offer, onDone }: { offer: OperatorOffer; onDone: () => void }) {
  const m = useMessages();
  const f = useFormats();
  const o = useOfficeMessages();
  const language = useLanguage();
  const [kind, setKind] = useState<Kind>('grant');
  const [units, setUnits] = useState('');
  const [reference, setReference] = useState('');
  const [justification, setJustification] = useState('');
  const [isChecked, setChecked] = useState(false);
  const signed = kind === 'take' ? -Number(units) : Number(units);
  const words = { grant: m.stock.willBook, add: o.booking.adds, take: o.booking.takes }[kind];
  const grant = useMutation({
    mutationFn: () =>
      server.operator.call(kind === 'grant' ? 'createGrant' : 'createAdjustment', {
        params: { id: offer.id },
        body: { units: signed, reference: reference.trim(), justification },
      }),
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: ['all offers'] });
      onDone();
    },
  });
  const check = (event: FormEvent): void => {
    event.preventDefault();
    grant.reset();
    setChecked(true);
  };
  return (
    <Confirm
      open
      title={kind === 'grant' ? m.stock.grantTo(offer.name) : `${o.booking.correct}${m.colon}${offer.name}`}
      onClose={onDone}
      actions={
        <>
          <button type="button" className="button" onClick={isChecked ? () => setChecked(false) : onDone}>
            {isChecked ? m.back : m.cancel}
          </button>
          {isChecked ? (
            <button
              type="button"
              className="button button-main"
              disabled={grant.isPending}
              onClick={() => grant.mutate()}
            >
              {kind === 'grant' ? m.stock.book : o.booking.correct}
            </button>
          ) : (
            <button type="submit" form={FORM} className="button button-main">
              {m.stock.check}
            </button>
          )}
        </>
      }
    >
      <WhoseStock distributor={offer.distributor_id} />
      {isChecked ? (
        <>
          <p className="big">{words(f.number(Number(units)), f.number(offer.bucket.available + signed))}</p>
          <p>
            {inWords(Number(units), language)} {kind === 'take' && o.booking.takenAway}
          </p>
          <p>{`${reference} · ${justification}`}</p>
          <RefusalNote error={grant.error} />
        </>
      ) : (
        <form id={FORM} onSubmit={check}>
          <SelectField
            label={o.booking.kind}
            value={kind}
            options={KINDS.map((value) => ({ value, label: o.booking.kinds[value] }))}
            onChoose={setKind}
          />
          <UnitsFields
            units={units}
            onUnits={setUnits}
            reference={reference}
            onReference={setReference}
            about={{ label: m.stock.reference, hint: m.stock.referenceHint }}
          />
          <JustificationField value={justification} onWrite={setJustification} />
        </form>
      )}
    </Confirm>
  );
}
