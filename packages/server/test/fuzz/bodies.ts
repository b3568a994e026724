import fc from 'fast-check';

/** Ways to spoil the text of a JSON body, or to write it so that it is read otherwise than it looks. */
const SPOILED: readonly ((json: string) => string | Buffer)[] = [
  (json) => json.slice(0, -1),
  (json) => `${json}${json}`,
  (json) => `\ufeff${json}`,
  (json) => Buffer.from(json, 'utf16le'),
  (json) => Buffer.from(`${json}é`, 'latin1'),
  (json) => Buffer.concat([Buffer.from(json.slice(0, 5)), Buffer.from([0xff, 0xfe, 0x00]), Buffer.from(json.slice(5))]),
  // The same key twice: the last one counts.
  (json) => json.replace('{', '{"offer_id":1,"parameters":[],"offer_id":null,'),
  (json) => json.replace(/\d+/, '1e999'),
  (json) => json.replace(/\d+/, '9'.repeat(400)),
  (json) => json.replaceAll('"', "'"),
  (json) => `{"offer_id":${json},"__proto__":${json},"parameters":${json}}`,
  (json) => `${'{"a":'.repeat(200)}${json}${'}'.repeat(200)}`,
  () => '['.repeat(50_000),
  () => `${'['.repeat(30_000)}${']'.repeat(30_000)}`,
  (json) => `${' '.repeat(70_000)}${json}`,
  () => '',
  () => 'null',
  () => 'NaN',
];

/** A body as it is sent, from what it says: mostly as JSON, at times spoiled. */
export const written = (value: fc.Arbitrary<unknown>): fc.Arbitrary<string | Buffer> =>
  fc
    .tuple(
      value,
      fc.oneof({ weight: 6, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: fc.constantFrom(...SPOILED) }),
    )
    .map(([said, spoil]) => (spoil ?? ((json: string) => json))(JSON.stringify(said) ?? ''));
