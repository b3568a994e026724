/** Which values of JSON the database can keep, and cheaply. */

/** Deepest nesting of lists and objects that is taken. */
export const DEEPEST = 32;

/** True for a value whose lists and objects lie within each other more often than DEEPEST. */
export function isTooDeep(value: unknown, left = DEEPEST): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return left === 0 || Object.values(value).some((inner) => isTooDeep(inner, left - 1));
}

/** True for text that no database of ours can keep: with a NUL, or half a surrogate pair. */
const isUnkeepable = (text: string): boolean => text.includes('\0') || !text.isWellFormed();

/** The path of the first text that cannot be kept, names of fields included; null when there is none. */
export function unkeepable(value: unknown, path = ''): string | null {
  if (typeof value === 'string') return isUnkeepable(value) ? path : null;
  if (typeof value !== 'object' || value === null) return null;
  for (const [name, inner] of Object.entries(value)) {
    const found = isUnkeepable(name) ? path : unkeepable(inner, path ? `${path}.${name}` : name);
    if (found !== null) return found;
  }
  return null;
}
