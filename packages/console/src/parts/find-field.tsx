import { useDeferredValue, useState } from 'react';
import { Field } from './field.tsx';

const plain = (text: string): string => text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();

/** Tells whether names have each word that is typed, in any place, however it is accented. */
export function isFoundIn(typed: string): (...names: string[]) => boolean {
  const words = plain(typed).split(/\s+/);
  return (...names) => {
    const text = plain(names.join(' '));
    return words.every((word) => text.includes(word));
  };
}

/** Tells what of a list is looked for. */
export function useFinding() {
  const [find, setFind] = useState('');
  const isFound = isFoundIn(useDeferredValue(find));
  return { find, setFind, isFound };
}

interface Props {
  label: string;
  find: string;
  onFind: (text: string) => void;
}

/** Narrows a list down while somebody types. */
export const FindField = ({ label, find, onFind }: Props) => (
  <Field label={label} type="search" autoComplete="off" value={find} onChange={(event) => onFind(event.target.value)} />
);
