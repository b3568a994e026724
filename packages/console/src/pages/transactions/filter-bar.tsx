import { plainSpelling } from '@opentopup/contract/lines/plain-spelling';
import { type FormEvent, useState } from 'react';
import { useNavigate } from 'react-router';
import { useMessages } from '../../language/language.ts';
import { DistributorField } from '../../parts/distributor-field.tsx';
import { Field, SelectField } from '../../parts/field.tsx';
import { STATUSES, useFilters } from './filters.ts';
import { PERIODS, periodOf, startOf } from './periods.ts';
import { type Choice, useOfferChoices, useSellerChoices, useSupplierChoices } from './use-choices.ts';
import { useSeesNumbers, useTextSearch } from './use-text-search.ts';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** A number or the serial of a SIM, as it may be typed, pasted or scanned; whose it is, the server reads. */
const LINE = /^(?:tel:|\][A-Z]\d|ICCID|NSCE)?[ :.]*[+\d ().\-/]{6,}F{0,2}$/i;

/** The last digits of a line: fewer would be those of too many, more are a number. */
const ENDING = /^\d{3,5}$/;
const NO_SEARCH = { line: '', line_ending: '', user: '', voucher: '' };

/** Narrows the list down; a number, an id or a reference finds one. */
export function FilterBar() {
  const m = useMessages();
  const navigate = useNavigate();
  const [filters, change] = useFilters();
  const [typed, setTyped] = useState<string | null>(null);
  const findText = useTextSearch(filters.distributor);
  const offers = useOfferChoices(filters.distributor);
  const suppliers = useSupplierChoices();
  const sellers = useSellerChoices(filters.distributor);
  const isSeller = sellers?.some(({ value }) => value === filters.user) ?? false;
  const { line, line_ending, user, voucher } = filters;
  const text = typed ?? line ?? line_ending ?? voucher ?? (isSeller ? undefined : user) ?? '';
  const mayEnd = useSeesNumbers();
  const type = (written: string): void => {
    setTyped(written);
    const ending = mayEnd && ENDING.test(written.trim()) ? written.trim() : '';
    if (ending !== (line_ending ?? ''))
      change({ ...(ending && { ...NO_SEARCH, ...(isSeller && { user }) }), line_ending: ending });
  };
  const find = (event: FormEvent): void => {
    event.preventDefault();
    const sought = text.trim();
    if (UUID.test(sought)) {
      void navigate(`/transactions/${sought.toLowerCase()}`);
      return;
    }
    if (mayEnd && ENDING.test(sought)) return;
    if (LINE.test(plainSpelling(sought))) {
      change({ ...NO_SEARCH, line: sought });
      return;
    }
    void findText(sought).then((found) =>
      typeof found === 'string' ? navigate(`/transactions/${found}`) : change({ ...NO_SEARCH, ...found }),
    );
  };
  const periods = PERIODS.map((period) => ({ value: period, label: m.transactions.periods[period] }));
  const statuses = STATUSES.map((status) => ({ value: status as string, label: m.status[status] }));
  return (
    <search>
      <form className="filters" onSubmit={find}>
        <Field label={m.transactions.find} type="search" value={text} onChange={(event) => type(event.target.value)} />
        <SelectField
          label={m.transactions.status}
          value={filters.status ?? ''}
          options={[{ value: '', label: m.all }, ...statuses]}
          onChoose={(status) => change({ status })}
        />
        <SelectField
          label={m.transactions.period}
          value={periodOf(filters)}
          options={[{ value: '', label: m.transactions.ownPeriod }, ...periods]}
          onChoose={(period) => period && change({ startDate: startOf(period, new Date()), endDate: '' })}
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
        <NameField
          label={m.sell.offer}
          value={filters.offer}
          choices={offers}
          onChoose={(offer) => change({ offer })}
        />
        {suppliers && (
          <NameField
            label={m.supplier}
            value={filters.supplier}
            choices={suppliers}
            onChoose={(supplier) => change({ supplier })}
          />
        )}
        {sellers && (
          <NameField
            label={m.transactions.seller}
            value={isSeller ? filters.user : undefined}
            choices={sellers}
            onChoose={(chosen) => {
              setTyped('');
              change({ ...NO_SEARCH, user: chosen });
            }}
          />
        )}
        <DistributorField
          value={filters.distributor ?? ''}
          onChoose={(distributor) => change({ distributor, offer: '', ...(isSeller && { user: '' }) })}
        />
      </form>
    </search>
  );
}

interface Named {
  label: string;
  value: string | undefined;
  choices: readonly Choice[];
  onChoose: (value: string) => void;
}

/** One of several things by its name, or all of them. What the address names and nobody knows here is shown as it is. */
function NameField({ label, value = '', choices, onChoose }: Named) {
  const m = useMessages();
  const isKnown = value === '' || choices.some((choice) => choice.value === value);
  const options = [{ value: '', label: m.all }, ...choices, ...(isKnown ? [] : [{ value, label: value }])];
  return <SelectField label={label} value={value} options={options} onChoose={onChoose} />;
}
