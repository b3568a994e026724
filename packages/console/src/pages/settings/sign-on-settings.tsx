import { SIGN_ON_PATH, type SignOn } from '@opentopup/contract';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import { useAccessMessages } from '../../language/access.ts';
import { useMessages } from '../../language/language.ts';
import { ConfirmDeed } from '../../parts/confirm-deed.tsx';
import { Copy } from '../../parts/copy.tsx';
import { DistributorField } from '../../parts/distributor-field.tsx';
import { RefusalNote, reasonIn } from '../../parts/refusal-note.tsx';
import { Skeleton } from '../../parts/skeleton.tsx';
import { queries, server } from '../../server.ts';
import { useMay } from '../../session/session.ts';
import { SignOnForm } from './sign-on-form.tsx';

/** Where the people of the distributor sign in; for the operator, its own or those of the one that is chosen. */
export function SignOnSettings() {
  const m = useMessages();
  const a = useAccessMessages();
  const navigate = useNavigate();
  const isOperator = useMay()('getSignOn');
  const { id = '' } = useParams();
  return (
    <div className="columns">
      <section className="card">
        <h2>{m.settings['sign-on']}</h2>
        <p className="hint">{a.signOn.hint}</p>
        {isOperator && (
          <DistributorField
            value={id}
            onChoose={(chosen) => void navigate(`/settings/sign-on/${chosen}`)}
            every={a.signOn.ofOperator}
          />
        )}
        <Provider key={id} distributor={id} isOperator={isOperator} />
      </section>
    </div>
  );
}

interface Of {
  /** Empty: the operator, or the own one. */
  distributor: string;
  isOperator: boolean;
}

function Provider({ distributor, isOperator }: Of) {
  const a = useAccessMessages();
  const may = useMay();
  const queryKey = ['sign-on settings', distributor];
  const query = distributor ? { distributor } : {};
  const { data, error, isPending } = useQuery({
    queryKey,
    queryFn: async (): Promise<SignOn | null> => {
      try {
        return await (isOperator
          ? server.operator.call('getSignOn', { query })
          : server.opentopup.call('getOwnSignOn'));
      } catch (failure) {
        if (reasonIn(failure) === 'not_found') return null;
        throw failure;
      }
    },
  });
  if (isPending) return <Skeleton />;
  if (data === undefined) return <RefusalNote error={error} />;
  const mayChange = may('setSignOn') || may('setOwnSignOn');
  return (
    <>
      <Addresses provider={data} />
      {mayChange && (
        <SignOnForm
          settings={data}
          isOfOperator={isOperator && !distributor}
          save={(body) =>
            isOperator
              ? server.operator.call('setSignOn', { query, body })
              : server.opentopup.call('setOwnSignOn', { body })
          }
          onSaved={(saved) => queries.setQueryData(queryKey, saved)}
        />
      )}
      {mayChange && data && (
        <Removal
          remove={() =>
            isOperator ? server.operator.call('removeSignOn', { query }) : server.opentopup.call('removeOwnSignOn')
          }
          onRemoved={() => queries.setQueryData(queryKey, null)}
        />
      )}
      {!mayChange && !data && <p>{a.signOn.none}</p>}
    </>
  );
}

/** Tells the addresses that the provider, and people, have to know: those of this server even before there is a provider. */
function Addresses({ provider }: { provider: SignOn | null }) {
  const a = useAccessMessages();
  const texts = [
    ...(provider ? [[a.signOn.signInUrl, provider.sign_in_url] as const] : []),
    [a.signOn.redirectUri, provider?.redirect_uri ?? location.origin + SIGN_ON_PATH],
    [a.signOn.signedOutUri, provider?.post_logout_redirect_uri ?? `${location.origin}/`],
  ] as const;
  return (
    <>
      {texts.map(([label, text]) => (
        <div key={label} className="field">
          <span>{label}</span>
          <Copy text={text} label={label} />
        </div>
      ))}
    </>
  );
}

function Removal({ remove, onRemoved }: { remove: () => Promise<unknown>; onRemoved: () => void }) {
  const a = useAccessMessages();
  const [isAsked, setAsked] = useState(false);
  const removal = useMutation({ mutationFn: remove, onSuccess: onRemoved });
  return (
    <>
      <RefusalNote error={removal.error} />
      <div className="actions">
        <button type="button" className="button" disabled={removal.isPending} onClick={() => setAsked(true)}>
          {a.signOn.remove}
        </button>
      </div>
      {isAsked && (
        <ConfirmDeed
          title={a.signOn.sure}
          deed={a.signOn.remove}
          onDo={() => removal.mutate()}
          onClose={() => setAsked(false)}
        >
          <p>{a.signOn.effect}</p>
        </ConfirmDeed>
      )}
    </>
  );
}
