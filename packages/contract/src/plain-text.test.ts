import { describe, expect, it } from 'vitest';
import { OPERATIONS } from './operations.ts';
import { asOneLine, isOneLine, LINES, ONE_LINE, TRIMMED_LINE } from './plain-text.ts';

const ALL = Array.from({ length: 0x11_0000 }, (_, code) => String.fromCodePoint(code));
const NEVER = /\p{Cc}|\p{Zl}|\p{Zp}|\p{Bidi_Control}|\p{Cs}|\ufeff/u;
const LINE_END = /[\t\n\r]/;

describe('plain text', () => {
  it('has every character of Unicode but those that control, end lines or turn the direction of others', () => {
    expect(ALL.filter((character) => isOneLine(`a${character}b`) === NEVER.test(character))).toEqual([]);
  });

  it('of several lines has those that end lines, and tabs, beside', () => {
    const lines = new RegExp(LINES, 'u');
    const may = (character: string): boolean => !NEVER.test(character) || LINE_END.test(character);
    // Half of a surrogate pair is refused everywhere, and by no pattern.
    const known = ALL.filter((character) => !/\p{Cs}/u.test(character));
    expect(known.filter((character) => lines.test(`a${character}b`) !== may(character))).toEqual([]);
  });

  it('is made of others’ text', () => {
    expect(ALL.filter((character) => !isOneLine(asOneLine(`a${character}b`)))).toEqual([]);
    expect(asOneLine('Ünïcode 👍🏽 \u202egnp.exe\r\n')).toBe('Ünïcode 👍🏽  gnp.exe  ');
  });
});

interface Schema {
  type?: string;
  format?: string;
  pattern?: string;
  const?: unknown;
  enum?: unknown;
  anyOf?: Schema[];
  items?: Schema;
  properties?: Record<string, Schema>;
  patternProperties?: Record<string, Schema>;
}

/** The paths of texts in a body that may be any text. */
function anyTexts(schema: Schema, path: string): string[] {
  const { type, format, pattern, properties = {}, patternProperties = {}, anyOf = [], items } = schema;
  const isAny = type === 'string' && format === undefined && pattern === undefined && schema.enum === undefined;
  return [
    ...(isAny && schema.const === undefined ? [path] : []),
    ...Object.entries(properties).flatMap(([name, each]) => anyTexts(each, `${path}.${name}`)),
    ...Object.values(patternProperties).flatMap((each) => anyTexts(each, `${path}.*`)),
    ...[...anyOf, ...(items ? [items] : [])].flatMap((each) => anyTexts(each, path)),
  ];
}

describe('texts in bodies', () => {
  it('are plain, unless nobody reads them as they are: each is listed here, with who reads it', () => {
    const found = OPERATIONS.flatMap(({ id, body }) => (body ? anyTexts(body as Schema, id) : []));
    const READ_BY_PROGRAMS = [
      // Read as numbers, keys or CSV; the order's own texts are checked where the wire's refusals are.
      /^createTransaction\./,
      /^setDistributorKey\./,
      /^importCsv$/,
      /^compareBooksFile$/,
      // Compared, or passed on as they are, and never shown.
      /^createToken\./,
      /\.(password|new_password|current_password|code)$/,
      /\.secrets\.\*$/,
      /\.connector$/,
      /^importSupplierProducts\.choices\.supplier_reference$/,
      // A distributor's own data: it comes back as it was given.
      /^previewSale\.parameters\.(msisdn|simId)$/,
      /^confirmSale\.token$/,
      /\.metadata$/,
    ];
    expect(found.filter((path) => !READ_BY_PROGRAMS.some((known) => known.test(path)))).toEqual([]);
  });

  it('that are plain are on one line, trimmed or not, or on several, and in no other way', () => {
    const patterns = JSON.stringify(OPERATIONS.map(({ body }) => body)).match(/"pattern":"\^\[\^[^"]*"/g) ?? [];
    expect(patterns.length).toBeGreaterThan(10);
    const ours = [ONE_LINE, LINES, TRIMMED_LINE].map((pattern) => JSON.stringify({ pattern }).slice(1, -1));
    expect(patterns.filter((pattern) => !ours.includes(pattern))).toEqual([]);
  });
});
