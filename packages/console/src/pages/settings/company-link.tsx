import { useMutation } from '@tanstack/react-query';
import { useAccessMessages } from '../../language/access.ts';
import { RefusalNote } from '../../parts/refusal-note.tsx';
import { server } from '../../server.ts';
import { useSignedIn } from '../../session/session.ts';
import { keepPlace } from '../../session/sign-on.ts';

/** Linking one's account with who one is at the provider of the business; nothing where there is no provider. */
export function CompanyLink() {
  const a = useAccessMessages();
  const { single_sign_on, sign_on_code } = useSignedIn();
  const link = useMutation({
    mutationFn: () => server.account.call('beginSignOnLink'),
    onSuccess: ({ url }) => {
      keepPlace();
      location.assign(url);
    },
  });
  if (sign_on_code === undefined) return null;
  return (
    <section className="card">
      <h2>{a.signOn.ofAccount}</h2>
      <p className="hint">{single_sign_on ? a.signOn.linked : a.signOn.linkHint}</p>
      <RefusalNote error={link.error} />
      {!single_sign_on && (
        <button type="button" className="button" disabled={link.isPending} onClick={() => link.mutate()}>
          {a.signOn.link}
        </button>
      )}
    </section>
  );
}
