import { Link } from 'react-router';
import { useMessages } from '../../language/language.ts';
import { useProgramsMessages } from '../../language/programs.ts';
import { Empty } from '../../parts/empty.tsx';
import { PageFrame } from '../../parts/page-frame.tsx';
import { RefusalNote } from '../../parts/refusal-note.tsx';
import { Skeleton } from '../../parts/skeleton.tsx';
import { useSignedIn } from '../../session/session.ts';
import { ChaosCard } from './chaos-card.tsx';
import { SandboxClient } from './sandbox-client.tsx';
import { SandboxClockCard } from './sandbox-clock.tsx';
import { SimulatorNumbers } from './simulator-numbers.tsx';
import { TryCall } from './try-call.tsx';
import { useSamples } from './use-samples.ts';

/** How a program sells: every call, made in the sandbox and shown as code. */
export function Component() {
  const m = useMessages();
  const p = useProgramsMessages();
  const { distributor } = useSignedIn();
  const hasSandbox = distributor?.world === 'sandbox' || distributor?.sandbox_id !== undefined;
  return (
    <PageFrame
      title={m.pages.integrate}
      actions={
        <>
          <Link to="/integrate/requests">{p.requests.title}</Link>
          <a href="/docs">{m.integrate.docs}</a>
        </>
      }
    >
      {hasSandbox ? <Sandbox /> : <Empty title={m.integrate.noSandbox}>{m.integrate.noSandboxHint}</Empty>}
    </PageFrame>
  );
}

function Sandbox() {
  const m = useMessages();
  const { data, error, isPending } = useSamples();
  if (isPending) return <Skeleton />;
  if (!data) return <RefusalNote error={error} />;
  return (
    <>
      <p className="lead hint">
        {m.integrate.hint} <Link to="/settings/clients">{m.settings.clients}</Link>
      </p>
      <TryCall samples={data} />
      <SandboxClient />
      <SandboxClockCard />
      <ChaosCard />
      <SimulatorNumbers numbers={data.numbers} />
    </>
  );
}
