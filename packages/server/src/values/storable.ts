/** Which values of JSON the database can keep, and cheaply. */

/** Deepest nesting of lists and objects that is taken. */
const DEEPEST = 32;

/**
 * Says why a body of JSON is more than we take, whatever it is for: nested too deep, or with a number beyond all
 * numbers.
 */
export function beyondJson(value: unknown, left = DEEPEST): string | null {
  if (typeof value === 'number')
    return Number.isFinite(value) ? null : 'body with a number that is too large, as 1e400';
  if (typeof value !== 'object' || value === null) return null;
  if (left === 0) return `body nested deeper than ${DEEPEST} levels`;
  for (const inner of Object.values(value)) {
    const found = beyondJson(inner, left - 1);
    if (found !== null) return found;
  }
  return null;
}

/** Returns true for text that no database of ours can keep: with a NUL, or half a surrogate pair. */
const isUnstorable = (text: string): boolean => text.includes('\0') || !text.isWellFormed();

/** Finds the path of the first text that cannot be kept, names of fields included; null when there is none. */
export function unstorable(value: unknown, path = ''): string | null {
  if (typeof value === 'string') return isUnstorable(value) ? path : null;
  if (typeof value !== 'object' || value === null) return null;
  for (const [name, inner] of Object.entries(value)) {
    const found = isUnstorable(name) ? path : unstorable(inner, path ? `${path}.${name}` : name);
    if (found !== null) return found;
  }
  return null;
}
