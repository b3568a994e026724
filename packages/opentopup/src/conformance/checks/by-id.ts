import { type Check, refusedWith } from '../check.ts';
import { NOBODYS } from '../workbench.ts';

/** What every operation about one thing has in common. */
export const byIdChecks = (operation: string, pathOf: (id: string) => string): Check[] => [
  {
    operation,
    rule: 'no_uuid',
    severity: 'minor',
    run: async ({ guest }) => refusedWith(await guest.get(pathOf('x')), 400, 20),
  },
  {
    operation,
    rule: 'nobodys',
    severity: 'major',
    run: async ({ guest }) => refusedWith(await guest.get(pathOf(NOBODYS)), 404, 60),
  },
];
