import { type FormEvent, useState } from 'react';
import { useNavigate } from 'react-router';
import { useMessages } from '../../language/language.ts';
import { DistributorField } from '../../parts/distributor-field.tsx';
import { Field, SelectField } from '../../parts/field.tsx';
import { STATUSES, useFilters } from './filters.ts';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** Of which country a number is taken to be that has no calling code. */
const HOME = 'FR';
const NUMBER = /^\+?[\d\s().-]{6,}$/;

/** A number as it is kept, or the serial of a SIM. What knows numbers is big, and comes when it is needed. */
async function lineOf(text: string): Promise<string> {
  const { parsePhoneNumberFromString } = await import('libphonenumber-js/max');
  const number = parsePhoneNumberFromString(text, { defaultCountry: HOME, extract: false });
  return number?.isPossible() ? number.number : text.replaceAll(/\D/g, '');
}

/** Narrows the list down; a number, an id or a reference finds one. */
export function FilterBar() {
  const m = useMessages();
  const navigate = useNavigate();
  const [filters, change] = useFilters();
  const [text, setText] = useState(filters.line ?? filters.user ?? '');
  const find = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const sought = text.trim();
    if (UUID.test(sought)) {
      void navigate(`/transactions/${sought.toLowerCase()}`);
      return;
    }
    const line = NUMBER.test(sought) ? await lineOf(sought) : '';
    change({ line, user: line ? '' : sought });
  };
  const statuses = STATUSES.map((status) => ({ value: status as string, label: m.status[status] }));
  return (
    <search>
      <form className="filters" onSubmit={(event) => void find(event)}>
        <Field
          label={m.transactions.find}
          type="search"
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <SelectField
          label={m.transactions.status}
          value={filters.status ?? ''}
          options={[{ value: '', label: m.all }, ...statuses]}
          onChoose={(status) => change({ status })}
        />
        <Field
          label={m.transactions.from}
          type="date"
          value={filters.startDate ?? ''}
          onChange={(event) => change({ startDate: event.target.value })}
        />
        <Field
          label={m.transactions.until}
          type="date"
          value={filters.endDate ?? ''}
          onChange={(event) => change({ endDate: event.target.value })}
        />
        <DistributorField value={filters.distributor ?? ''} onChoose={(distributor) => change({ distributor })} />
      </form>
    </search>
  );
}
