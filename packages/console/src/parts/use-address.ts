import { useMemo } from 'react';
import { useSearchParams } from 'react-router';

/** Gives what the address of a page says under these names, and how some of it is changed. */
export function useAddress<Name extends string>(
  names: readonly Name[],
): [Partial<Record<Name, string>>, (changes: Partial<Record<Name, string>>) => void] {
  const [search, setSearch] = useSearchParams();
  const given = useMemo(() => {
    const said = names.map((name) => [name, search.get(name)] as const).filter(([, value]) => value);
    return Object.fromEntries(said) as Partial<Record<Name, string>>;
  }, [names, search]);
  const change = (changes: Partial<Record<Name, string>>): void => {
    setSearch(
      () => {
        // What the page was last drawn with may be older: two changes in a row would lose the first.
        const next = new URLSearchParams(window.location.search);
        for (const [name, value] of Object.entries<string | undefined>(changes)) {
          if (value) next.set(name, value);
          else next.delete(name);
        }
        return next;
      },
      { replace: true },
    );
  };
  return [given, change];
}
