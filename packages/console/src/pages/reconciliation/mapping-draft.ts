import type { BooksMapping } from '@opentopup/contract';

export const MAPPED_FIELDS = [
  'time',
  'reference',
  'supplier_reference',
  'line',
  'value',
  'value_currency',
  'cost',
  'cost_currency',
  'state',
] as const;
export const MAPPED_STATES = ['delivered', 'refused', 'reversed', 'pending'] as const;

/** A mapping as it is typed. An empty text is nothing. */
export interface MappingDraft {
  columns: Record<(typeof MAPPED_FIELDS)[number], string>;
  states: Record<(typeof MAPPED_STATES)[number], string>;
  time_zone: string;
  date_order: NonNullable<BooksMapping['date_order']>;
  decimal: NonNullable<BooksMapping['decimal']>;
  currency: string;
}

const texts = <Name extends string>(names: readonly Name[], of: (name: Name) => string): Record<Name, string> =>
  Object.fromEntries(names.map((name) => [name, of(name)])) as Record<Name, string>;

/** Gives a mapping to type in: what is kept, as far as the file has it. */
export const draftOf = (kept: BooksMapping | undefined): MappingDraft => ({
  columns: texts(MAPPED_FIELDS, (name) => kept?.columns[name] ?? ''),
  states: texts(MAPPED_STATES, (name) => (kept?.states?.[name] ?? []).join(', ')),
  time_zone: kept?.time_zone ?? '',
  date_order: kept?.date_order ?? 'ymd',
  decimal: kept?.decimal ?? '.',
  currency: kept?.currency ?? '',
});

const wordsOf = (typed: string): string[] =>
  typed
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '');

/** Gives the mapping that was typed: without what is empty, and without words for states where no column has any. */
export function mappingOf({ columns, states, time_zone, date_order, decimal, currency }: MappingDraft): BooksMapping {
  const { time, ...others } = columns;
  const said = Object.fromEntries(Object.entries(others).filter(([, column]) => column !== ''));
  const words = MAPPED_STATES.map((name) => [name, wordsOf(states[name])] as const);
  return {
    columns: { time, ...said },
    ...(time_zone.trim() && { time_zone: time_zone.trim() }),
    date_order,
    decimal,
    ...(currency.trim() && { currency: currency.trim().toUpperCase() }),
    ...(columns.state && { states: Object.fromEntries(words.filter(([, given]) => given.length > 0)) }),
  };
}
