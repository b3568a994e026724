export { decimalSign, isRounded, readDecimal } from './decimal.ts';
export type { SheetColumn, SheetForm } from './form.ts';
export { guarded } from './guard.ts';
export { readSheet, type Sheet, type SheetRow } from './read-sheet.ts';
export { SheetError, type SheetFault, sheetWords } from './sheet-error.ts';
export { writeSheet } from './write-sheet.ts';
