import type { StaffLanguage } from '@opentopup/contract';
import type { LevelEvent } from './levels.rules.ts';

/** What a chat is told of a stock that has crossed something. */
export interface ChatNews {
  event: LevelEvent;
  offer_name: string;
  available: number;
  /** How long the stock will last; null where that cannot be told. */
  days_of_cover: number | null;
  /** The console's page about it; null where nobody knows where that is. */
  link: string | null;
}

type Sentence = (units: string, days: string | null) => string;

const SENTENCES: Record<StaffLanguage, Record<LevelEvent, Sentence>> = {
  en: {
    'stock.low': (units, days) => `: stock low. Units left: ${units}${days === null ? '' : `, enough for ${days}`}.`,
    'stock.depleted': () => ': sold out.',
    'stock.recovered': (units) => `: stock refilled. Units left: ${units}.`,
  },
  fr: {
    'stock.low': (units, days) =>
      ` : stock faible. Unités restantes : ${units}${days === null ? '' : `, de quoi tenir ${days}`}.`,
    'stock.depleted': () => ' : stock épuisé.',
    'stock.recovered': (units) => ` : stock reconstitué. Unités restantes : ${units}.`,
  },
};
const LESS_THAN_A_DAY: Record<StaffLanguage, string> = { en: 'less than a day', fr: 'moins d’un jour' };

function daysIn(language: StaffLanguage, days: number | null): string | null {
  if (days === null || days >= 1) {
    const format = new Intl.NumberFormat(language, { style: 'unit', unit: 'day', unitDisplay: 'long' });
    return days === null ? null : format.format(Math.round(days));
  }
  return LESS_THAN_A_DAY[language];
}

/** Writes a name as a chat shows it: no markup of Slack's comes of it, and nobody is called. */
export const asText = (name: string): string =>
  name.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('@', '@\u200B');

const TEST: Record<StaffLanguage, string> = {
  en: 'OpenTopup: this is a test. Stock alerts are written here.',
  fr: 'OpenTopup : ceci est un essai. Les alertes de stock sont écrites ici.',
};

/** Adds where to look; nothing where nobody knows where that is. */
export const withLink = (text: string, link: string | null): string => (link === null ? text : `${text} ${link}`);

/** Words the message by which somebody sees that a chat is reached. */
export const testChat = (link: string | null, language: StaffLanguage): string => withLink(TEST[language], link);

/** Words a message to a chat. */
export function stockChat(
  { event, offer_name, available, days_of_cover, link }: ChatNews,
  language: StaffLanguage,
): string {
  const units = new Intl.NumberFormat(language).format(available);
  const sentence = SENTENCES[language][event](units, daysIn(language, days_of_cover));
  return withLink(`${asText(offer_name)}${sentence}`, link);
}
