import type { CONSOLE_PATHS } from '@opentopup/contract';
import { createBrowserRouter, type RouteObject, redirect } from 'react-router';
import { Skeleton } from './parts/skeleton.tsx';
import { load } from './server.ts';
import { ErrorPage } from './shell/error-page.tsx';
import { Gate } from './shell/gate.tsx';
import { Home } from './shell/home.tsx';

type Page = Exclude<(typeof CONSOLE_PATHS)[number], '/' | '/password' | '/sign-on'>;

/** The pages behind the sign-in; each comes when it is first opened. */
const PAGES: Record<Page, RouteObject[]> = {
  '/sell': [{ path: '/sell', lazy: () => load(() => import('./pages/sell/sell-page.tsx')) }],
  '/transactions': [
    { path: '/transactions', lazy: () => load(() => import('./pages/transactions/transactions-page.tsx')) },
    {
      path: '/transactions/identifications',
      lazy: () => load(() => import('./pages/identifications/identifications-page.tsx')),
    },
    { path: '/transactions/unresolved', lazy: () => load(() => import('./pages/transactions/unresolved-page.tsx')) },
    { path: '/transactions/:id', lazy: () => load(() => import('./pages/transactions/transaction-page.tsx')) },
  ],
  '/stock': [
    { path: '/stock', lazy: () => load(() => import('./pages/stock/stock-page.tsx')) },
    { path: '/stock/alerts', lazy: () => load(() => import('./pages/stock/alerts-page.tsx')) },
    { path: '/stock/:id', lazy: () => load(() => import('./pages/stock/offer-stock-page.tsx')) },
  ],
  '/overview': [
    { path: '/overview', lazy: () => load(() => import('./pages/overview/overview-page.tsx')) },
    { path: '/overview/ranking', lazy: () => import('./pages/ranking/ranking-page.tsx') },
    { path: '/overview/statements', lazy: () => load(() => import('./pages/statements/statements-page.tsx')) },
  ],
  '/month-end': [
    { path: '/month-end', loader: () => redirect('/month-end/reconciliations') },
    { path: '/month-end/reconciliations', lazy: () => load(() => import('./pages/reconciliation/runs-page.tsx')) },
    { path: '/month-end/reconciliations/:id', lazy: () => load(() => import('./pages/reconciliation/run-page.tsx')) },
    { path: '/month-end/file', lazy: () => load(() => import('./pages/reconciliation/file-page.tsx')) },
    { path: '/month-end/cases', lazy: () => load(() => import('./pages/reconciliation/cases-page.tsx')) },
    { path: '/month-end/cases/:id', lazy: () => load(() => import('./pages/reconciliation/case-page.tsx')) },
    { path: '/month-end/statements', lazy: () => load(() => import('./pages/statements/statements-page.tsx')) },
    { path: '/month-end/vat', lazy: () => load(() => import('./pages/statements/vat-page.tsx')) },
    { path: '/month-end/ledger', lazy: () => import('./pages/ledger/ledger-page.tsx') },
    { path: '/month-end/recovery', lazy: () => load(() => import('./pages/recovery/recovery-page.tsx')) },
  ],
  '/settings': [
    { path: '/settings/:part?/:id?', lazy: () => load(() => import('./pages/settings/settings-page.tsx')) },
  ],
  '/integrate': [
    { path: '/integrate', lazy: () => load(() => import('./pages/integrate/integrate-page.tsx')) },
    { path: '/integrate/requests', lazy: () => load(() => import('./pages/integrate/requests-page.tsx')) },
  ],
};

const wait = { HydrateFallback: Skeleton, ErrorBoundary: ErrorPage };

export const router = createBrowserRouter([
  { path: '/sign-on/:code?', lazy: () => load(() => import('./pages/sign-on/sign-on-page.tsx')), ...wait },
  { path: '/password', lazy: () => load(() => import('./pages/password/password-page.tsx')), ...wait },
  {
    Component: Gate,
    ...wait,
    children: [
      {
        ErrorBoundary: ErrorPage,
        children: [{ path: '/', Component: Home }, ...Object.values(PAGES).flat(), { path: '*', Component: ErrorPage }],
      },
    ],
  },
]);
