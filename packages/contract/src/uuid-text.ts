const uuidText = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Returns true for the text form of a UUID. */
export function isUuid(value: unknown): value is string {
  return typeof value === 'string' && uuidText.test(value);
}
