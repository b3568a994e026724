import { Dialog } from '@base-ui/react/dialog';
import { Suspense } from 'react';
import { Outlet } from 'react-router';
import { useMessages } from '../language/language.ts';
import { Skeleton } from '../parts/skeleton.tsx';
import { enter, useGate } from '../session/session.ts';
import { SignInForm } from '../session/sign-in-form.tsx';
import { AwayBanner, useIsHere } from './away-banner.tsx';
import { Shell } from './shell.tsx';
import { SignInPage } from './sign-in-page.tsx';

/** Lets in who is signed in. A session that ends leaves the page as it stands, and asks to sign in over it. */
export function Gate() {
  const m = useMessages();
  const isHere = useIsHere();
  const { signedIn, isOver, isLoading } = useGate();
  if (isLoading) {
    return (
      <main className="narrow">
        <AwayBanner />
        {isHere && <Skeleton />}
      </main>
    );
  }
  if (!signedIn) return <SignInPage />;
  return (
    <>
      <Shell>
        <Suspense fallback={<Skeleton />}>
          {/* Another account starts from the beginning. */}
          <Outlet key={signedIn.id} />
        </Suspense>
      </Shell>
      <Dialog.Root open={isOver} onOpenChange={() => {}}>
        <Dialog.Portal>
          <Dialog.Backdrop className="backdrop backdrop-top" />
          <Dialog.Popup className="dialog dialog-top">
            <Dialog.Title className="dialog-title">{m.signIn.over}</Dialog.Title>
            <Dialog.Description className="hint">{m.signIn.overHint}</Dialog.Description>
            <SignInForm email={signedIn.email} onEnter={enter} />
          </Dialog.Popup>
        </Dialog.Portal>
      </Dialog.Root>
    </>
  );
}
