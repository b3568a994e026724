import type { CheckedReceipt, StaffLanguage } from '@opentopup/contract';
import { publicPage } from './public-page.ts';

const EN = {
  title: 'Receipt',
  sold: 'Genuine: this was sold.',
  annulled: 'Annulled: the sale was reversed.',
  test: 'Only a test: nothing was delivered.',
  unknown: 'There is no receipt with this code.',
  seller: 'Sold by',
  offer: 'Offer',
  line: 'For',
  price: 'Price',
  date: 'Date',
  annulment: 'Annulled on',
  code: 'Code',
  note: 'Compare this with what you hold in your hands. The number is masked on purpose.',
};
const FR: typeof EN = {
  title: 'Reçu',
  sold: 'Authentique : ceci a été vendu.',
  annulled: 'Annulé : la vente a été annulée.',
  test: "Un simple essai : rien n'a été livré.",
  unknown: "Il n'existe aucun reçu portant ce code.",
  seller: 'Vendu par',
  offer: 'Offre',
  line: 'Pour',
  price: 'Prix',
  date: 'Date',
  annulment: 'Annulé le',
  code: 'Code',
  note: 'Comparez avec ce que vous avez en main. Le numéro est masqué exprès.',
};
const WORDS: Record<StaffLanguage, typeof EN> = { en: EN, fr: FR };

/** Writes an instant for people. */
export const momentIn = (language: StaffLanguage, date: string): string =>
  `${new Intl.DateTimeFormat(language, { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' }).format(new Date(date))} UTC`;

function verdictOf({ status, test }: CheckedReceipt, words: typeof EN): { text: string; isGood: boolean } {
  if (test) return { text: words.test, isGood: false };
  return status === 'sold' ? { text: words.sold, isGood: true } : { text: words.annulled, isGood: false };
}

/** Writes the page by which anybody checks a receipt; null: there is none. */
export function receiptPage(receipt: CheckedReceipt | null, language: StaffLanguage): string {
  const words = WORDS[language];
  const { title, note } = words;
  if (!receipt) return publicPage({ language, title, verdict: { text: words.unknown, isGood: false }, rows: [], note });
  const { seller, offer_name, line, price, currency, date, annulment_date, code } = receipt;
  return publicPage({
    language,
    title,
    verdict: verdictOf(receipt, words),
    rows: [
      [words.seller, seller],
      [words.offer, offer_name],
      [words.line, line],
      [words.price, new Intl.NumberFormat(language, { style: 'currency', currency }).format(price)],
      [words.date, momentIn(language, date)],
      [words.annulment, annulment_date && momentIn(language, annulment_date)],
      [words.code, code],
    ],
    note,
  });
}
