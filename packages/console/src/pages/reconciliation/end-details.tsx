import type { CaseEndKind, ReconciliationCaseDetail, ReconciliationCaseEnd, ReversalReason } from '@opentopup/contract';
import { useBooksMessages } from '../../language/books.ts';
import { useMessages } from '../../language/language.ts';
import { SelectField } from '../../parts/field.tsx';
import { REVERSAL_REASONS } from '../transactions/reverse-sale.tsx';

/** What an end needs beside its reason in words. */
export interface Details {
  reason: ReversalReason;
  status?: NonNullable<ReconciliationCaseEnd['status']>;
  offer_id?: string;
}

interface Props {
  end: CaseEndKind;
  offers: ReconciliationCaseDetail['offers'];
  details: Details;
  onChange: (details: Details) => void;
}

const VERDICTS = ['ok', 'ko', 'expired'] as const;

/** Asks for what the end that is chosen needs. */
export function EndDetails({ end, offers, details, onChange }: Props) {
  const m = useMessages();
  const b = useBooksMessages();
  if (end === 'reverse') {
    return (
      <SelectField
        label={m.reversal.reason}
        value={details.reason}
        options={REVERSAL_REASONS.map((value) => ({ value, label: m.reversal.reasons[value] }))}
        onChoose={(reason) => onChange({ ...details, reason })}
      />
    );
  }
  if (end === 'decide') {
    return (
      <fieldset className="choices">
        <legend>{b.cases.verdict}</legend>
        {VERDICTS.map((status) => (
          <label key={status}>
            <input
              type="radio"
              name="verdict"
              required
              checked={details.status === status}
              onChange={() => onChange({ ...details, status })}
            />
            {b.cases.verdicts[status]}
          </label>
        ))}
      </fieldset>
    );
  }
  if (end === 'book' && offers && offers.length > 0) {
    return (
      <fieldset className="choices">
        <legend>{b.cases.offer}</legend>
        {offers.map(({ offer_id, offer_name, distributor_name }) => (
          <label key={offer_id}>
            <input
              type="radio"
              name="offer"
              required
              checked={offers.length === 1 || details.offer_id === offer_id}
              onChange={() => onChange({ ...details, offer_id })}
            />
            {b.cases.offerOf(offer_name, distributor_name)}
          </label>
        ))}
      </fieldset>
    );
  }
  return null;
}
