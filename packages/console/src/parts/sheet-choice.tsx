import type { SheetFormName } from '@opentopup/contract/sheet-forms';
import { Download } from 'lucide-react';
import { useMessages } from '../language/language.ts';
import { FORMS } from './save-sheet.ts';

interface Props {
  form: SheetFormName;
  onForm: (form: SheetFormName) => void;
  isBusy?: boolean;
  onExport: () => void;
}

/** In which form a list is wanted as a file, and the button that gives it. */
export function SheetChoice({ form, onForm, isBusy = false, onExport }: Props) {
  const m = useMessages();
  return (
    <>
      <select
        aria-label={m.transactions.form}
        value={form}
        onChange={(event) => onForm(event.target.value as SheetFormName)}
      >
        {FORMS.map((each) => (
          <option key={each} value={each}>
            {m.transactions.forms[each]}
          </option>
        ))}
      </select>
      <button type="button" className="button" disabled={isBusy} onClick={onExport}>
        <Download aria-hidden /> {m.transactions.export}
      </button>
    </>
  );
}
