/** What is told of an order of units. */
export interface RefillNews {
  status: 'open' | 'granted' | 'declined' | 'withdrawn';
  distributor_name: string;
  offer_name: string;
  units: number;
  reference: string;
  justification: string | null;
  /** Where the order is decided; null where nobody has said where people reach the console. */
  link: string | null;
}

const SUBJECTS: Record<RefillNews['status'], { en: string; fr: string }> = {
  open: { en: 'Refill ordered', fr: 'Réapprovisionnement commandé' },
  granted: { en: 'Refill granted', fr: 'Réapprovisionnement accordé' },
  declined: { en: 'Refill declined', fr: 'Réapprovisionnement refusé' },
  withdrawn: { en: 'Refill order withdrawn', fr: 'Commande de réapprovisionnement retirée' },
};

/** Writes a mail about an order of units, in English and French. */
export function refillMail(news: RefillNews): { subject: string; body: string } {
  const { status, distributor_name, offer_name, units, reference, justification, link } = news;
  const { en, fr } = SUBJECTS[status];
  const lines = [
    `${en}: ${offer_name}`,
    `Distributor: ${distributor_name}`,
    `Units: ${units}`,
    `Reference: ${reference}`,
    ...(justification === null ? [] : [`Why: ${justification}`]),
    ...(link === null ? [] : [link]),
    '',
    `${fr} : ${offer_name}`,
    `Distributeur : ${distributor_name}`,
    `Unités : ${units}`,
    `Référence : ${reference}`,
    ...(justification === null ? [] : [`Pourquoi : ${justification}`]),
    ...(link === null ? [] : [link]),
  ];
  return { subject: `${en} / ${fr}: ${offer_name} (${units})`, body: `${lines.join('\n')}\n` };
}
