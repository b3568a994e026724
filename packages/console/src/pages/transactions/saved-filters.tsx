import { type FormEvent, useState } from 'react';
import { useSearchParams } from 'react-router';
import { useMessages } from '../../language/language.ts';
import { Field, SelectField } from '../../parts/field.tsx';
import { savedFiltersOf, useSignedIn } from '../../session/session.ts';

/** Filters as they stand in the address, by the name that somebody has given them. */
type Saved = Readonly<Record<string, string>>;

/** Remembers, in this browser, the filters of whoever is signed in, until they sign out. The address is what others are given. */
function useSaved(): [Saved, (next: Saved) => void] {
  const key = savedFiltersOf(useSignedIn().id);
  const [saved, setSaved] = useState<Saved>(() => {
    try {
      return JSON.parse(localStorage.getItem(key) ?? '{}') as Saved;
    } catch {
      return {};
    }
  });
  const keep = (next: Saved): void => {
    localStorage.setItem(key, JSON.stringify(next));
    setSaved(next);
  };
  return [saved, keep];
}

const LONGEST = 60;

/** Filters by name: chosen again, kept, forgotten. */
export function SavedFilters() {
  const m = useMessages();
  const [search, setSearch] = useSearchParams();
  const [saved, keep] = useSaved();
  const [name, setName] = useState('');
  const now = search.toString();
  const chosen = Object.keys(saved).find((each) => saved[each] === now);
  const save = (event: FormEvent): void => {
    event.preventDefault();
    keep({ ...saved, [name.trim()]: now });
    setName('');
  };
  const forget = (each: string): void => {
    const { [each]: _, ...others } = saved;
    keep(others);
  };
  const names = Object.keys(saved).toSorted((a, b) => a.localeCompare(b));
  if (names.length === 0 && now === '') return null;
  return (
    <form className="saved-filters" onSubmit={save}>
      {names.length > 0 && (
        <SelectField
          label={m.savedFilters.title}
          value={chosen ?? ''}
          options={[{ value: '', label: '–' }, ...names.map((value) => ({ value, label: value }))]}
          onChoose={(each) => setSearch(new URLSearchParams(saved[each] ?? ''))}
        />
      )}
      {chosen !== undefined && (
        <button type="button" className="button" onClick={() => forget(chosen)}>
          {m.savedFilters.forget}
        </button>
      )}
      {chosen === undefined && now !== '' && (
        <>
          <Field
            label={m.savedFilters.name}
            required
            maxLength={LONGEST}
            autoComplete="off"
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
          <button type="submit" className="button" disabled={name.trim() === ''}>
            {m.savedFilters.save}
          </button>
        </>
      )}
    </form>
  );
}
