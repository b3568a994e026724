import fc from 'fast-check';

/** A schema of the contract, as far as it says what values are. */
interface Schema {
  type?: string;
  format?: string;
  pattern?: string;
  const?: unknown;
  enum?: readonly unknown[];
  anyOf?: readonly Schema[];
  items?: Schema;
  maxItems?: number;
  properties?: Record<string, Schema>;
  required?: readonly string[];
  patternProperties?: Record<string, Schema>;
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  examples?: readonly unknown[];
  description?: string;
}

/** Days and instants, from what is asked every day to where calendars end. */
const DATES = [
  '2026-10-01',
  '2026-10-31T23:59:59Z',
  '2026-10-31T23:59:59.999999999+02:00',
  '0000-01-01',
  '0001-01-01T00:00:00+14:00',
  '1969-12-31',
  '9999-12-31',
  '9999-12-31T23:59:59-14:00',
];

/** Values that programs trip over. */
const ODD = [
  null,
  '',
  ' ',
  0,
  -1,
  -0.5,
  2 ** 53,
  1e308,
  5e-324,
  true,
  false,
  [],
  {},
  '\u0000',
  '\ud800',
  '\u202e0684',
  '𝟘𝟞𝟠𝟜',
  '٠٦٨٤٥٨٧٥٨٧',
  'é'.normalize('NFD'),
  '__proto__',
  'constructor',
  "'; DROP TABLE buckets; --",
  '../../etc/passwd',
  '{{7*7}}',
  '%00',
  'NaN',
  '1e3',
  '0x10',
  '2026-02-30',
  ...DATES,
  '9999-12-31T23:59:60Z',
  'x'.repeat(5_000),
] as const;

const inner = fc.jsonValue({ maxDepth: 3 });

/** Anything that JSON can say, and rather what is odd. */
export const junk: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...ODD) },
  { weight: 1, arbitrary: inner },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 60 }) },
  { weight: 1, arbitrary: fc.double() },
  { weight: 1, arbitrary: inner.map((value) => ({ __proto__: null, constructor: value, toString: value })) },
);

/** One of these ids, or one that nobody has. */
export const id = (ids: readonly string[]): fc.Arbitrary<string> =>
  fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...ids) }, { weight: 1, arbitrary: fc.uuid() });

/** Values that a schema lets through, about these ids. */
export function valid(schema: Schema, ids: readonly string[]): fc.Arbitrary<unknown> {
  const { type, format, pattern, minimum = -1e6, maximum = 1e6, minLength = 0, maxLength = 40 } = schema;
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  if (schema.anyOf) return fc.oneof(...schema.anyOf.map((each) => valid(each, ids)));
  if (/\binstant\b/.test(schema.description ?? '')) return fc.constantFrom(...DATES);
  if (schema.examples) return fc.constantFrom(...schema.examples);
  if (format === 'uuid') return id(ids);
  if (format === 'date-time')
    return fc.oneof(
      fc.date({ noInvalidDate: true }).map((date) => `${date.toISOString().slice(0, 19)}Z`),
      fc.constantFrom(...DATES),
    );
  switch (type) {
    case 'integer': {
      // Small ones rather, for they do more: a count of units, a page.
      const least = Math.max(minimum, Math.min(maximum, 1));
      return fc.oneof(
        fc.integer({ min: least, max: Math.min(maximum, least + 4) }),
        fc.integer({ min: least, max: maximum }),
      );
    }
    case 'number':
      return fc.oneof(fc.constantFrom(0, 7.92, 10), fc.double({ min: minimum, max: maximum, noNaN: true }));
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    case 'array':
      return fc.array(valid(schema.items ?? {}, ids), { maxLength: Math.min(schema.maxItems ?? 3, 3) });
    case 'string':
      // The patterns that forbid control characters are kept by printable text.
      return pattern?.startsWith('^[A-Za-z')
        ? fc.stringMatching(new RegExp(pattern))
        : fc.string({ unit: 'grapheme', minLength: Math.max(minLength, 1), maxLength: Math.min(maxLength, 40) });
    case 'object': {
      if (schema.patternProperties) return fc.dictionary(fc.string({ maxLength: 10 }), inner, { maxKeys: 3 });
      const fields = Object.entries(schema.properties ?? {}).map(([name, each]) => [name, valid(each, ids)] as const);
      return fc.record(Object.fromEntries(fields), { requiredKeys: [...(schema.required ?? [])] });
    }
    default:
      return inner;
  }
}

/** Values that are nearly right: one field is missing, wrong, or more than there should be. */
export function nearlyValid(schema: Schema, ids: readonly string[]): fc.Arbitrary<unknown> {
  const names = Object.keys(schema.properties ?? {});
  const field = fc.oneof(...(names.length > 0 ? [fc.constantFrom(...names)] : []), fc.string({ maxLength: 12 }));
  return fc.tuple(valid(schema, ids), field, junk, fc.nat(5)).map(([value, name, odd, how]) => {
    if (typeof value !== 'object' || value === null) return odd;
    const { [name]: _gone, ...others } = value as Record<string, unknown>;
    return [{ ...others, [name]: odd }, { ...others, [name]: odd }, others, [value], odd, { ...value, more: odd }][how];
  });
}
