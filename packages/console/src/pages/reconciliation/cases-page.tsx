import type { DifferenceKind } from '@opentopup/contract';
import { useBooksMessages } from '../../language/books.ts';
import { useMessages } from '../../language/language.ts';
import { SelectField } from '../../parts/field.tsx';
import { useAddress } from '../../parts/use-address.ts';
import { useSignedIn } from '../../session/session.ts';
import { MonthEndFrame } from '../month-end/month-end-frame.tsx';
import { type CaseFilters, CaseList } from './case-list.tsx';
import { SupplierField } from './supplier-field.tsx';

const NAMES = ['status', 'kind', 'supplier', 'owner'] as const;
/** Stands in the address for those that nobody takes care of. */
const NOBODY = '-';

/** Where our books and those of suppliers differ, and what waits for somebody. */
export function Component() {
  const m = useMessages();
  const b = useBooksMessages();
  const [given, change] = useAddress(NAMES);
  const me = useSignedIn();
  const { owner, ...filters } = given;
  const kinds = Object.entries(b.kinds) as [DifferenceKind, string][];
  return (
    <MonthEndFrame title={b.parts.cases}>
      <search>
        <div className="filters">
          <SelectField
            label={b.cases.kind}
            value={given.kind ?? ''}
            options={[
              { value: '', label: m.all },
              ...kinds.map(([value, label]) => ({ value: value as string, label })),
            ]}
            onChoose={(kind) => change({ kind })}
          />
          <SelectField
            label={b.cases.status}
            value={given.status ?? ''}
            options={[
              { value: '', label: m.all },
              { value: 'open', label: b.cases.statuses.open },
              { value: 'closed', label: b.cases.statuses.closed },
            ]}
            onChoose={(status) => change({ status })}
          />
          <SelectField
            label={b.cases.owner}
            value={owner ?? ''}
            options={[
              { value: '', label: m.all },
              { value: me.email, label: b.cases.me },
              { value: NOBODY, label: b.cases.nobodyYet },
              ...(owner && owner !== NOBODY && owner !== me.email ? [{ value: owner, label: owner }] : []),
            ]}
            onChoose={(chosen) => change({ owner: chosen })}
          />
          <SupplierField value={given.supplier ?? ''} every={m.all} onChoose={(supplier) => change({ supplier })} />
        </div>
      </search>
      <CaseList
        filters={{ ...filters, ...(owner && (owner === NOBODY ? { owned: false } : { owner })) } as CaseFilters}
      />
    </MonthEndFrame>
  );
}
