import type { OfficeMessages } from './office-fr.ts';

/** What the operator's own pages say, in English. */
export const officeEnglish: OfficeMessages = {
  more: 'More',
  distributor: {
    all: 'All distributors',
    facts: 'In short',
    world: 'World',
    itsSandbox: 'Its sandbox',
    sandboxOf: 'Sandbox of',
    since: 'Since',
    sold: (sales, value) => `${sales} · ${value}`,
    lastDays: 'Sales, 30 days',
    rate: 'Success rate, 30 days',
    look: 'Look at',
    itsOverview: 'Its overview',
    itsStatements: 'Its statements',
    lastSales: 'Last sales',
    noSales: 'Nothing was sold yet.',
    noOffers: 'Nothing is offered to it.',
    charged: 'Price charged',
    people: 'People',
    nobody: 'Nobody has an account.',
    signedIn: (moment) => `signed in on ${moment}`,
    clients: 'API access',
    noClients: 'No program has access.',
    perMinute: (requests) => `${requests} requests a minute`,
  },
};
