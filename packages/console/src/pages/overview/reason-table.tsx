import { type Overview, staffMessage } from '@opentopup/contract';
import { useFormats } from '../../language/format.ts';
import { useLanguage, useMessages } from '../../language/language.ts';
import { FigureTable } from '../../parts/figure-table.tsx';

/** Why orders came to nothing. */
export function ReasonTable({ reasons }: Pick<Overview, 'reasons'>) {
  const m = useMessages();
  const f = useFormats();
  const language = useLanguage();
  return (
    <FigureTable
      title={m.overview.reasons}
      columns={[m.overview.reason, m.overview.failed, m.overview.refused, m.overview.previous]}
      rows={reasons.map((each) => ({
        key: each.reason,
        title: (
          <>
            <code>{each.reason}</code>
            <span className="hint">{staffMessage(each.reason, language)}</span>
          </>
        ),
        cells: [each.ended, each.refused, each.previous].map(f.number),
      }))}
    >
      <p className="hint">{reasons.length > 0 ? m.overview.reasonsHint : m.overview.reasonsNone}</p>
    </FigureTable>
  );
}
