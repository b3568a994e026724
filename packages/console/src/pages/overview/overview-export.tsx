import { OVERVIEW_TABLES, type OverviewTable } from '@opentopup/contract/reports/overview-tables';
import { useState } from 'react';
import { useMessages } from '../../language/language.ts';
import { SelectField } from '../../parts/field.tsx';
import { SheetExport } from '../../parts/sheet-export.tsx';
import { patient } from '../../server.ts';
import { useMay } from '../../session/session.ts';
import { overviewQueryOf, type PeriodAsked } from './use-overview.ts';

/** Each table of the overview as a file. */
export function OverviewExport({ asked }: { asked: PeriodAsked }) {
  const m = useMessages();
  const isOperator = useMay()('getOverviewOfAll');
  const [table, setTable] = useState<OverviewTable>('offers');
  const names: Readonly<Record<OverviewTable, string>> = {
    offers: m.overview.offers,
    suppliers: m.overview.suppliers,
    reasons: m.overview.reasons,
    stock_outs: m.overview.stockOuts,
    points: m.overview.overTime,
  };
  return (
    <div className="actions lead">
      <SelectField
        label={m.overview.table}
        value={table}
        options={OVERVIEW_TABLES.map((value) => ({ value, label: names[value] }))}
        onChoose={setTable}
      />
      <SheetExport
        key={table}
        name={names[table]}
        ask={(mediaType, reader) => {
          const query = { ...overviewQueryOf(asked), table, ...reader };
          return isOperator
            ? patient.operator.stream('getOverviewOfAll', mediaType, { query })
            : patient.opentopup.stream('getOverview', mediaType, { query });
        }}
      />
    </div>
  );
}
