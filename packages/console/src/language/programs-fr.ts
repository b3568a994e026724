import type { Agent, PreviewStatus } from '@opentopup/contract';

type Cap = keyof Pick<
  Agent,
  'units_per_hour' | 'units_per_day' | 'line_units_per_day' | 'amount_per_day' | 'released_up_to'
>;

/** What the pages about programs say, in French: agents, and what was asked. English has to say the same. */
export const programsFrench = {
  agents: {
    hint: 'Un assistant qui lit vos stocks et vend dans ces limites, seulement ce qui a été autorisé.',
    none: 'Aucun agent',
    add: 'Nouvel agent',
    name: 'Nom',
    nameHint: "Il agit sous ce nom, aussi dans le journal d'audit.",
    offers: "Offres qu'il peut vendre",
    world: 'Monde',
    currency: 'Devise des montants',
    caps: {
      units_per_hour: 'Unités par heure, au plus',
      units_per_day: 'Unités en 24 heures, au plus',
      line_units_per_day: 'Unités pour une ligne en 24 heures, au plus',
      amount_per_day: 'Coût de ses ventes en 24 heures, au plus',
      released_up_to: "Autoriser d'office jusqu'à ce prix",
    } as Record<Cap, string>,
    change: 'Changer les limites',
    capsOf: (name: string) => `Limites de ${name}`,
    changeHint: 'Elles comptent dès sa prochaine confirmation.',
    save: 'Enregistrer les limites',
    releasedHint: 'Vide : une personne autorise chaque vente.',
    used: (units: string, of: string, amount: string, ofAmount: string) =>
      `${units} sur ${of} unités et ${amount} sur ${ofAmount} en 24 heures`,
    everySale: 'une personne autorise chaque vente',
    released: (price: string) => `autorisées d'office jusqu'à ${price}`,
  },
  previews: {
    title: 'Ventes que des agents veulent faire',
    none: 'Aucune vente à autoriser',
    asks: (agent: string) => `${agent} veut vendre`,
    left: (units: string) => `il en restera ${units}`,
    until: (time: string) => `jusqu'à ${time}`,
    release: 'Autoriser',
    decline: 'Refuser',
    releaseOf: (what: string) => `Autoriser ${what}`,
    declineOf: (what: string) => `Refuser ${what}`,
    recent: 'Dernières ventes des agents',
    status: {
      waiting: 'À autoriser',
      released: 'Autorisée',
      declined: 'Refusée',
      expired: 'Trop tard',
      confirmed: 'Confirmée',
      refused: 'Non vendue',
    } as Record<PreviewStatus, string>,
  },
  clock: {
    title: 'Horloge du bac à sable',
    hint: "Ce qui attend arrive à échéance : clés, nouveaux envois d'événements, identifications, commandes en attente, oubli. Elle ne fait qu'avancer ; le réel n'en sait rien.",
    real: "c'est l'heure réelle",
    ahead: (time: string) => `en avance de ${time}`,
    steps: { hour: "Avancer d'une heure", day: "Avancer d'un jour", week: "Avancer d'une semaine" },
    until: "Avancer jusqu'au",
    backward: "C'est avant ce que dit l'horloge, qui ne fait qu'avancer.",
    move: "Avancer l'horloge",
  },
  requests: {
    title: 'Requêtes',
    hint: 'Ce que vos programmes ont demandé ces 14 derniers jours, et ce qui leur a été répondu.',
    refusals: 'Ce qui est refusé le plus souvent',
    noRefusals: "Rien n'a été refusé",
    times: (count: string, _number: number) => `${count} fois`,
    field: (name: string) => `champ ${name}`,
    line: (digits: string, begins: string) => `numéros de ${digits} chiffres qui commencent par ${begins}`,
    all: 'Toutes les requêtes',
    none: 'Aucune requête',
    find: 'Trouver par identifiant',
    findHint: "request_id d'un refus, ou X-Request-Id d'une réponse.",
    only: 'Montrer',
    refused: 'Les refus',
    every: 'Tout',
    notFound: 'Aucune requête de ce nom.',
  },
};

export type ProgramsMessages = typeof programsFrench;
