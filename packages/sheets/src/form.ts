/** One column of what is written. */
export interface SheetColumn<Row> {
  title: string;
  of: (row: Row) => string | number | null | undefined;
  /** `line`: phone numbers and serials of SIMs. `date`: instants (RFC 3339, in UTC). */
  kind?: 'line' | 'date';
}

/**
 * What is written: CSV for programs, CSV that Excel opens as it is meant, or an Excel workbook. Excel separates cells and
 * decimals by the language of its user.
 */
export type SheetForm =
  | { form: 'csv'; lineEnd?: '\n' }
  | { form: 'excel'; decimal: '.' | ',' }
  | { form: 'xlsx'; name: string };
