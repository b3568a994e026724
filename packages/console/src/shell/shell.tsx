import { LogOut } from 'lucide-react';
import { lazy, type ReactNode, Suspense } from 'react';
import { NavLink } from 'react-router';
import { useMessages } from '../language/language.ts';
import { useLive } from '../session/live.ts';
import { leave, useMay, useSignedIn } from '../session/session.ts';
import { AwayBanner } from './away-banner.tsx';
import { ClosedBanner } from './closed-banner.tsx';
import { LanguageSwitch } from './language-switch.tsx';
import { Logo } from './logo.tsx';
import { entriesFor } from './navigation.ts';
import { PreviewsBanner } from './previews-banner.tsx';

const CONTENT = 'content';
/** Comes for the operator alone. */
const RecoveryBanner = lazy(async () => {
  const { RecoveryBanner: Banner } = await import('../pages/recovery/recovery-banner.tsx');
  return { default: Banner };
});

/** What is around every page: the way to the others, and who is here. */
export function Shell({ children }: { children: ReactNode }) {
  const m = useMessages();
  const me = useSignedIn();
  useLive();
  const may = useMay();
  const entries = entriesFor(may);
  return (
    <div className="shell">
      <a className="skip" href={`#${CONTENT}`}>
        {m.skip}
      </a>
      <header className="top">
        <Logo />
        <div className="who">
          <span className="who-name">{me.distributor?.name ?? m.operator}</span>
          <span className="hint">{me.email}</span>
        </div>
        <LanguageSwitch />
        <button
          type="button"
          className="icon-button"
          aria-label={m.signOut}
          title={m.signOut}
          onClick={() => void leave()}
        >
          <LogOut aria-hidden />
        </button>
      </header>
      <nav className="nav" aria-label={m.navigation}>
        {entries.map(({ path, name, icon: Icon }) => (
          <NavLink key={path} to={path}>
            <Icon aria-hidden />
            <span>{m.pages[name]}</span>
          </NavLink>
        ))}
      </nav>
      <main id={CONTENT} className="content" tabIndex={-1}>
        <AwayBanner />
        <ClosedBanner />
        <PreviewsBanner />
        {may('getRecovery') && (
          <Suspense>
            <RecoveryBanner />
          </Suspense>
        )}
        {children}
      </main>
    </div>
  );
}
