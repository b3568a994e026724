import { isDeepStrictEqual } from 'node:util';

/** Fields as they were, and as they are with a change. */
export interface Difference<T> {
  before: Partial<T>;
  after: Partial<T>;
}

/** Compares what is kept with a change, field by field; null where nothing differs. */
export function difference<T extends object>(kept: T, change: Partial<T>): Difference<T> | null {
  const differing = (Object.keys(change) as (keyof T)[]).filter(
    (field) => change[field] !== undefined && !isDeepStrictEqual(kept[field], change[field]),
  );
  if (differing.length === 0) return null;
  const only = (of: Partial<T>): Partial<T> =>
    Object.fromEntries(differing.map((field) => [field, of[field]])) as Partial<T>;
  return { before: only(kept), after: only(change) };
}
