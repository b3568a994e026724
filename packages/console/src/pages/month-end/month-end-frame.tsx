import type { GuardedOperation } from '@opentopup/contract';
import { type ComponentProps, useEffect, useRef } from 'react';
import { NavLink, useLocation } from 'react-router';
import { useBooksMessages } from '../../language/books.ts';
import { useMessages } from '../../language/language.ts';
import { PageFrame } from '../../parts/page-frame.tsx';
import { useMay } from '../../session/session.ts';

const PARTS = [
  { name: 'reconciliations', path: '/month-end/reconciliations', needs: 'listReconciliations' },
  { name: 'cases', path: '/month-end/cases?status=open', needs: 'listReconciliationCases' },
  { name: 'statements', path: '/month-end/statements', needs: 'listStatements' },
  { name: 'vat', path: '/month-end/vat', needs: 'listVatRates' },
  { name: 'ledger', path: '/month-end/ledger', needs: 'verifyLedger' },
  { name: 'recovery', path: '/month-end/recovery', needs: 'getRecovery' },
] as const satisfies readonly { name: string; path: string; needs: GuardedOperation }[];

/** A page of the month's end, with the way to the others. */
export function MonthEndFrame({ children, ...page }: ComponentProps<typeof PageFrame>) {
  const m = useMessages();
  const b = useBooksMessages();
  const may = useMay();
  const { pathname } = useLocation();
  const tabs = useRef<HTMLElement>(null);
  // On a phone there are more than fit.
  // biome-ignore lint/correctness/useExhaustiveDependencies: whenever another one is chosen.
  useEffect(() => {
    tabs.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'center' });
  }, [pathname]);
  return (
    <PageFrame {...page}>
      <nav ref={tabs} className="tabs" aria-label={m.pages.monthEnd}>
        {PARTS.filter(({ needs }) => may(needs)).map(({ name, path }) => (
          <NavLink key={name} to={path}>
            {b.parts[name]}
          </NavLink>
        ))}
      </nav>
      {children}
    </PageFrame>
  );
}
