import type { Agent } from '@opentopup/contract';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Fragment, useState } from 'react';
import { useFormats } from '../../../language/format.ts';
import { useMessages } from '../../../language/language.ts';
import { useProgramsMessages } from '../../../language/programs.ts';
import { ConfirmDeed } from '../../../parts/confirm-deed.tsx';
import { Empty } from '../../../parts/empty.tsx';
import { RefusalNote } from '../../../parts/refusal-note.tsx';
import { queries, server } from '../../../server.ts';
import { useMay } from '../../../session/session.ts';
import { AGENTS_KEY, AgentForm } from './agent-form.tsx';
import { CapsForm } from './caps-form.tsx';
import { SalePreviews } from './sale-previews.tsx';

/** Assistants that sell within caps: what they want to sell, what they may, and how much of that they have used. */
export function AgentSettings() {
  const m = useMessages();
  const p = useProgramsMessages();
  const may = useMay();
  const list = useQuery({ queryKey: AGENTS_KEY, queryFn: () => server.opentopup.call('listAgents', {}) });
  const [leaving, setLeaving] = useState<Agent | null>(null);
  const [changing, setChanging] = useState<string | null>(null);
  const revoke = useMutation({
    mutationFn: (client_id: string) => server.opentopup.call('revokeOwnCredential', { params: { client_id } }),
    onSuccess: () => queries.invalidateQueries({ queryKey: AGENTS_KEY }),
  });
  return (
    <>
      <SalePreviews />
      <div className="columns">
        <section className="card" aria-label={m.settings.agents}>
          <h2>{m.settings.agents}</h2>
          <p className="hint">{p.agents.hint}</p>
          <RefusalNote error={list.error ?? revoke.error} />
          {list.data?.length === 0 && <Empty title={p.agents.none} />}
          <ul className="plain">
            {list.data?.map((agent) => (
              <Fragment key={agent.client_id}>
                <li className="entry">
                  <AgentFacts agent={agent} />
                  {may('changeAgent') && !agent.revocation_date && (
                    <span className="actions">
                      <button
                        type="button"
                        className="button"
                        aria-label={p.agents.capsOf(agent.name)}
                        onClick={() => setChanging(agent.client_id)}
                      >
                        {p.agents.change}
                      </button>
                      <button type="button" className="button" onClick={() => setLeaving(agent)}>
                        {m.clients.revoke}
                      </button>
                    </span>
                  )}
                </li>
                {changing === agent.client_id && (
                  <li>
                    <CapsForm agent={agent} onDone={() => setChanging(null)} />
                  </li>
                )}
              </Fragment>
            ))}
          </ul>
        </section>
        {may('createAgent') && <AgentForm />}
      </div>
      {leaving && (
        <ConfirmDeed
          title={m.clients.sure.revoke(leaving.name)}
          deed={m.clients.revoke}
          onDo={() => revoke.mutate(leaving.client_id)}
          onClose={() => setLeaving(null)}
        >
          <p>{m.clients.effect.revoke}</p>
        </ConfirmDeed>
      )}
    </>
  );
}

function AgentFacts({ agent }: { agent: Agent }) {
  const m = useMessages();
  const p = useProgramsMessages();
  const f = useFormats();
  const { used, currency, released_up_to } = agent;
  const money = (value: number): string => f.money(value, currency);
  return (
    <span>
      <strong>{agent.name}</strong> {agent.world === 'sandbox' && <span className="badge">{m.sandbox}</span>}{' '}
      {agent.revocation_date && <span className="badge badge-ko">{m.clients.revoked}</span>}
      <span className="hint">
        {p.agents.used(
          f.number(used.units_last_day),
          f.number(agent.units_per_day),
          money(used.amount_last_day),
          money(agent.amount_per_day),
        )}
      </span>
      <span className="hint">
        {[
          agent.client_id,
          released_up_to === null ? p.agents.everySale : p.agents.released(money(released_up_to)),
        ].join(' · ')}
      </span>
    </span>
  );
}
