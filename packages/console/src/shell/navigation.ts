import type { CONSOLE_PATHS, GuardedOperation } from '@opentopup/contract';
import { ArrowLeftRight, BarChart3, Boxes, Code, type LucideIcon, Scale, Settings, Smartphone } from 'lucide-react';

export interface NavigationEntry {
  path: (typeof CONSOLE_PATHS)[number];
  name: 'sell' | 'transactions' | 'stock' | 'overview' | 'monthEnd' | 'settings' | 'integrate';
  icon: LucideIcon;
  /** Who may call one of these sees it. */
  needs: readonly GuardedOperation[];
}

const ENTRIES: readonly NavigationEntry[] = [
  { path: '/sell', name: 'sell', icon: Smartphone, needs: ['createTransaction'] },
  {
    path: '/transactions',
    name: 'transactions',
    icon: ArrowLeftRight,
    needs: ['getDistributorTransactionList', 'listTransactions'],
  },
  { path: '/stock', name: 'stock', icon: Boxes, needs: ['getDistributorOfferList', 'listOffers'] },
  {
    path: '/overview',
    name: 'overview',
    icon: BarChart3,
    needs: ['getOverview', 'getOverviewOfAll'],
  },
  { path: '/month-end', name: 'monthEnd', icon: Scale, needs: ['listReconciliations'] },
  { path: '/settings', name: 'settings', icon: Settings, needs: ['getSession'] },
  { path: '/integrate', name: 'integrate', icon: Code, needs: ['createOwnCredential'] },
];

/** Gives the pages of a role. */
export const entriesFor = (may: (operation: GuardedOperation) => boolean): readonly NavigationEntry[] =>
  ENTRIES.filter(({ needs }) => needs.some(may));
