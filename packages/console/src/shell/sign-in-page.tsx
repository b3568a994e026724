import { useEffect } from 'react';
import { useMessages } from '../language/language.ts';
import { enter } from '../session/session.ts';
import { SignInForm } from '../session/sign-in-form.tsx';
import { Front } from './front.tsx';

export function SignInPage() {
  const m = useMessages();
  useEffect(() => {
    document.title = `${m.signIn.title} · OpenTopup`;
  }, [m]);
  return (
    <Front title={m.signIn.title}>
      <SignInForm onEnter={enter} />
    </Front>
  );
}
