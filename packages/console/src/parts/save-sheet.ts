import { SHEET_FORM_NAMES, SHEET_FORMS, type SheetFormName } from '@opentopup/contract/sheet-forms';

/** The forms in which lists are exported; what people open comes before what programs read. */
export const FORMS = SHEET_FORM_NAMES.toReversed();

/** Has the browser keep a sheet as a file, named after what it is and the day. */
export function saveSheet(content: Blob, form: SheetFormName, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(content);
  link.download = `${name}-${new Date().toISOString().slice(0, 10)}.${SHEET_FORMS[form].ending}`;
  link.click();
  URL.revokeObjectURL(link.href);
}
