import type { StaffLanguage } from '@opentopup/contract';
import { asText, withLink } from '../stock/levels-chat.rules.ts';
import type { RefillNews } from './refill-mail.rules.ts';

type Sentence = (units: string, reference: string) => string;

const SENTENCES: Record<StaffLanguage, Record<RefillNews['status'], Sentence>> = {
  en: {
    open: (units, reference) => `: refill ordered. Units: ${units}, reference: ${reference}.`,
    granted: (units, reference) => `: refill granted. Units: ${units}, reference: ${reference}.`,
    declined: (units, reference) => `: refill declined. Units: ${units}, reference: ${reference}.`,
    withdrawn: (units, reference) => `: refill order withdrawn. Units: ${units}, reference: ${reference}.`,
  },
  fr: {
    open: (units, reference) => ` : réapprovisionnement commandé. Unités : ${units}, référence : ${reference}.`,
    granted: (units, reference) => ` : réapprovisionnement accordé. Unités : ${units}, référence : ${reference}.`,
    declined: (units, reference) => ` : réapprovisionnement refusé. Unités : ${units}, référence : ${reference}.`,
    withdrawn: (units, reference) =>
      ` : commande de réapprovisionnement retirée. Unités : ${units}, référence : ${reference}.`,
  },
};
const WHY: Record<StaffLanguage, (why: string) => string> = {
  en: (why) => ` Why: ${why}`,
  fr: (why) => ` Pourquoi : ${why}`,
};

/** Words what a chat is told of an order of units. */
export function refillChat(news: Omit<RefillNews, 'distributor_name'>, language: StaffLanguage): string {
  const { status, offer_name, units, reference, justification, link } = news;
  const sentence = SENTENCES[language][status](new Intl.NumberFormat(language).format(units), asText(reference));
  const why = justification === null ? '' : WHY[language](asText(justification));
  return withLink(`${asText(offer_name)}${sentence}${why}`, link);
}
