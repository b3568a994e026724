import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { useFormats } from '../language/format.ts';
import { useMessages } from '../language/language.ts';
import { server } from '../server.ts';
import { useMay } from '../session/session.ts';

const LOOK_MS = 30_000;
/** An agent has no more than 20 previews open; of several, the number says enough. */
const MOST = 100;

/** Says on every page that sales of agents wait for release, to whoever may release them: they wait for ten minutes only. */
export function PreviewsBanner() {
  const m = useMessages();
  const f = useFormats();
  const { data } = useQuery({
    queryKey: ['sale previews', 'waiting'],
    enabled: useMay()('decideSalePreview'),
    queryFn: () => server.opentopup.call('listSalePreviews', { query: { status: 'waiting', limit: MOST } }),
    refetchInterval: LOOK_MS,
  });
  const count = data?.length ?? 0;
  return (
    <div role="status" className="away-place">
      {count > 0 && (
        <p className="away">
          <Link to="/settings/agents">{m.agentsWait(f.number(count), count)}</Link>
        </p>
      )}
    </div>
  );
}
