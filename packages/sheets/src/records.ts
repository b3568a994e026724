/** One row as it stands in a file. */
export interface SheetRecord {
  /** Where it begins in the file, from 1. */
  line: number;
  values: string[];
}
