import { type Reason, type Recovery, type RecoveryBookings, staffMessage } from '@opentopup/contract';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import { useBooksMessages } from '../../language/books.ts';
import { useFormats } from '../../language/format.ts';
import { useLanguage } from '../../language/language.ts';
import { ConfirmDeed } from '../../parts/confirm-deed.tsx';
import { RefusalNote } from '../../parts/refusal-note.tsx';
import { patient } from '../../server.ts';
import { useMay } from '../../session/session.ts';
import { recoveryChanged } from './use-recovery.ts';

/** So many of those that could not be booked are shown: the list of differences has all. */
const MOST_SHOWN = 50;

/** The sales that are lost, and booking those of which one offer fits. */
export function BookLost({ recovery: { lost } }: { recovery: Recovery }) {
  const b = useBooksMessages();
  const f = useFormats();
  const may = useMay();
  const [isAsked, setAsked] = useState(false);
  const [soFar, setSoFar] = useState(0);
  const book = useMutation({
    /** Some at a time, until none is left that can be. Repeating it books nothing twice. */
    mutationFn: async (): Promise<{ booked: number; refused: RecoveryBookings['refused'] }> => {
      let booked = 0;
      const refused: RecoveryBookings['refused'] = [];
      let after: string | undefined;
      do {
        const part = await patient.operator.call('bookRecovery', { query: after === undefined ? {} : { after } });
        booked += part.booked;
        refused.push(...part.refused);
        setSoFar(booked);
        recoveryChanged(part.recovery);
        after = part.next;
      } while (after !== undefined);
      return { booked, refused };
    },
  });
  const { one_offer, several_offers, no_offer } = lost;
  return (
    <section className="card" aria-label={b.recovery.sales}>
      <h2>{b.recovery.sales}</h2>
      {one_offer + several_offers + no_offer === 0 && <p className="hint">{b.recovery.nothingLost}</p>}
      <ul className="plain">
        {one_offer > 0 && <li>{b.recovery.oneOffer(f.number(one_offer), one_offer)}</li>}
        {several_offers > 0 && <li>{b.recovery.severalOffers(f.number(several_offers), several_offers)}</li>}
        {no_offer > 0 && <li>{b.recovery.noOffer(f.number(no_offer), no_offer)}</li>}
      </ul>
      {book.isPending && (
        <p role="status">
          <progress aria-label={b.recovery.booked} value={soFar} max={soFar + one_offer} />{' '}
          {b.recovery.booking(f.number(soFar))}
        </p>
      )}
      {book.data && <Booked {...book.data} />}
      <RefusalNote error={book.error} />
      {may('bookRecovery') && one_offer > 0 && (
        <div className="actions">
          <button type="button" className="button button-main" disabled={book.isPending} onClick={() => setAsked(true)}>
            {b.recovery.book(f.number(one_offer))}
          </button>
        </div>
      )}
      {isAsked && (
        <ConfirmDeed
          title={b.recovery.bookSure(f.number(one_offer), one_offer)}
          deed={b.recovery.book(f.number(one_offer))}
          onDo={() => {
            setSoFar(0);
            book.mutate();
          }}
          onClose={() => setAsked(false)}
        >
          <p>{b.recovery.bookHint}</p>
        </ConfirmDeed>
      )}
    </section>
  );
}

/** What was booked, and why the others could not be. */
function Booked({ booked, refused }: { booked: number; refused: RecoveryBookings['refused'] }) {
  const b = useBooksMessages();
  const f = useFormats();
  const language = useLanguage();
  return (
    <div className="notice" role="status">
      <p>{b.recovery.bookedNow(f.number(booked), booked)}</p>
      {refused.length > 0 && <p>{b.recovery.refused(f.number(refused.length), refused.length)}</p>}
      <ul className="plain">
        {refused.slice(0, MOST_SHOWN).map(({ case_id, reason }) => (
          <li key={case_id}>
            {staffMessage(reason as Reason, language)}{' '}
            <Link to={`/month-end/cases/${case_id}`}>{b.recovery.caseLink}</Link>
          </li>
        ))}
      </ul>
    </div>
  );
}
