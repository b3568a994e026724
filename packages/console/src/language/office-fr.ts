/** What the operator's own pages say, in French. The other language has the same messages. */
export const officeFrench = {
  more: 'Plus',
  distributor: {
    all: 'Tous les distributeurs',
    facts: 'En bref',
    world: 'Monde',
    itsSandbox: 'Son bac à sable',
    sandboxOf: 'Bac à sable de',
    since: 'Depuis',
    sold: (sales: string, value: string) => `${sales} · ${value}`,
    lastDays: 'Ventes, 30 jours',
    rate: 'Taux de réussite, 30 jours',
    look: 'Voir',
    itsOverview: 'Son aperçu',
    itsStatements: 'Ses relevés',
    lastSales: 'Dernières ventes',
    noSales: 'Rien n’a encore été vendu.',
    noOffers: 'Rien ne lui est proposé.',
    charged: 'Prix facturé',
    people: 'Personnes',
    nobody: 'Personne n’a de compte.',
    signedIn: (moment: string) => `connecté le ${moment}`,
    clients: 'Accès par l’API',
    noClients: 'Aucun programme n’a d’accès.',
    perMinute: (requests: string) => `${requests} requêtes par minute`,
  },
};

export type OfficeMessages = typeof officeFrench;
