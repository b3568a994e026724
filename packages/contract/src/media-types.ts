export const CSV = 'text/csv';
export const PDF = 'application/pdf';
/** An Excel workbook. */
export const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
/** An Excel workbook of before 2007; and CSV, as browsers call it on a machine with Excel. */
export const EXCEL = 'application/vnd.ms-excel';
