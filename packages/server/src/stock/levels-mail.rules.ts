import type { LevelEvent } from './levels.rules.ts';

/** What is told of a stock that has crossed something. */
export interface StockNews {
  event: LevelEvent;
  offer_id: string;
  offer_name: string;
  available: number;
  threshold: number | null;
  /** When it will be empty; null where that cannot be told. */
  depletion_date: Date | null;
}

const SUBJECTS: Record<LevelEvent, { en: string; fr: string }> = {
  'stock.low': { en: 'Stock low', fr: 'Stock faible' },
  'stock.depleted': { en: 'Sold out', fr: 'Stock épuisé' },
  'stock.recovered': { en: 'Stock refilled', fr: 'Stock reconstitué' },
};

const minute = (date: Date): string => `${date.toISOString().slice(0, 16).replace('T', ' ')} UTC`;

/** Writes a mail about a stock, in English and French. */
export function stockMail(news: StockNews): { subject: string; body: string } {
  const { event, offer_id, offer_name, available, threshold, depletion_date } = news;
  const { en, fr } = SUBJECTS[event];
  const lines = [
    `${en}: ${offer_name}`,
    `Units left: ${available}`,
    ...(threshold === null ? [] : [`Alert at: ${threshold}`]),
    ...(depletion_date ? [`Sold out around: ${minute(depletion_date)}`] : []),
    `Offer: ${offer_id}`,
    '',
    `${fr} : ${offer_name}`,
    `Unités restantes : ${available}`,
    ...(threshold === null ? [] : [`Seuil d'alerte : ${threshold}`]),
    ...(depletion_date ? [`Épuisement estimé : ${minute(depletion_date)}`] : []),
    `Offre : ${offer_id}`,
  ];
  return { subject: `${en} / ${fr}: ${offer_name} (${available})`, body: `${lines.join('\n')}\n` };
}

/** Writes the mail by which somebody sees that an address is reached, in English and French. */
export const testMail = (): { subject: string; body: string } => ({
  subject: 'Stock alerts: a test / Alertes de stock : un essai',
  body: 'This is a test. Stock alerts are sent here.\n\nCeci est un essai. Les alertes de stock sont envoyées ici.\n',
});
