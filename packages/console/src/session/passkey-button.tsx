import type { SignedIn } from '@opentopup/contract';
import { useMutation } from '@tanstack/react-query';
import { useMessages } from '../language/language.ts';
import { RefusalNote } from '../parts/refusal-note.tsx';
import { enterByPasskey, knowsPasskeys, NoPasskey } from './passkeys.ts';

/** Signs in with a passkey, where the browser knows them. */
export function PasskeyButton({ onEnter }: { onEnter: (who: SignedIn) => void }) {
  const m = useMessages();
  const enter = useMutation({ mutationFn: enterByPasskey, retry: false, onSuccess: onEnter });
  if (!knowsPasskeys()) return null;
  return (
    <>
      {enter.error instanceof NoPasskey ? (
        <p className="hint" role="status">
          {m.signIn.noPasskey}
        </p>
      ) : (
        <RefusalNote error={enter.error} />
      )}
      <button type="button" className="button button-wide" disabled={enter.isPending} onClick={() => enter.mutate()}>
        {m.signIn.passkey}
      </button>
    </>
  );
}
