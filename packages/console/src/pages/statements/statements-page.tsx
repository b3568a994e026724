import { Link } from 'react-router';
import { useMessages } from '../../language/language.ts';
import { DistributorField } from '../../parts/distributor-field.tsx';
import { PageFrame } from '../../parts/page-frame.tsx';
import { useAddress } from '../../parts/use-address.ts';
import { useDistributors } from '../../parts/use-all-offers.ts';
import { useMay } from '../../session/session.ts';
import { MonthEndFrame } from '../month-end/month-end-frame.tsx';
import { CloseStatement } from './close-statement.tsx';
import { StatementList } from './statement-list.tsx';
import { StatementSettingsForm } from './statement-settings-form.tsx';

const NAMES = ['distributor'] as const;

/** What the months came to: of a distributor its own, for the operator of all. */
export function Component() {
  return useMay()('listStatements') ? <OfAll /> : <Own />;
}

function Own() {
  const m = useMessages();
  const may = useMay();
  return (
    <PageFrame title={m.statements.title} actions={<Link to="/overview">{m.pages.overview}</Link>}>
      <div className="columns">
        <StatementList distributor="" />
        {may('changeStatementSettings') && <StatementSettingsForm />}
      </div>
    </PageFrame>
  );
}

function OfAll() {
  const m = useMessages();
  const may = useMay();
  const [{ distributor: id = '' }, change] = useAddress(NAMES);
  const distributor = useDistributors().data?.find((each) => each.id === id);
  return (
    <MonthEndFrame
      title={m.statements.title}
      actions={<DistributorField value={id} onChoose={(chosen) => change({ distributor: chosen })} />}
    >
      <div className="columns">
        <StatementList distributor={id} />
        {distributor && (
          <div>
            {may('closeStatement') && <CloseStatement key={id} distributor={distributor} />}
            {may('changeDistributorStatementSettings') && <StatementSettingsForm key={id} distributor={id} />}
          </div>
        )}
      </div>
    </MonthEndFrame>
  );
}
