import { useDeferredValue, useState } from 'react';
import { Field } from './field.tsx';

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

interface Props {
  label: string;
  find: string;
  onFind: (text: string) => void;
}

/** Narrows a list down while somebody types. */
export const FindField = ({ label, find, onFind }: Props) => (
  <Field label={label} type="search" autoComplete="off" value={find} onChange={(event) => onFind(event.target.value)} />
);
