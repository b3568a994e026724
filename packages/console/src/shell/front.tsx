import type { ReactNode } from 'react';
import { AwayBanner } from './away-banner.tsx';
import { LanguageSwitch } from './language-switch.tsx';
import { Logo } from './logo.tsx';

/** What somebody sees who is not signed in. */
export function Front({ title, children }: { title: string; children: ReactNode }) {
  return (
    <main className="front">
      <AwayBanner />
      <div className="front-card">
        <Logo />
        <h1>{title}</h1>
        {children}
      </div>
      <LanguageSwitch />
    </main>
  );
}
