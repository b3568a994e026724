import { useDeferredValue, useState } from 'react';
import { useMessages } from '../../language/language.ts';
import { Field } from '../../parts/field.tsx';

const plain = (text: string): string => text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();

/** Tells what of a list is looked for: each word in any place, however it is accented. */
export function useFinding() {
  const [find, setFind] = useState('');
  const words = plain(useDeferredValue(find)).split(/\s+/);
  const isFound = (...names: string[]): boolean => {
    const text = plain(names.join(' '));
    return words.every((word) => text.includes(word));
  };
  return { find, setFind, isFound };
}

/** Narrows the list of stocks down while somebody types. */
export function FindStock({ find, onFind }: { find: string; onFind: (text: string) => void }) {
  const m = useMessages();
  return (
    <Field
      label={m.stock.find}
      type="search"
      autoComplete="off"
      value={find}
      onChange={(event) => onFind(event.target.value)}
    />
  );
}
