import type { StaffLanguage } from '@opentopup/contract';

/** What a statement says in one language. */
export interface StatementWords {
  title: string;
  notInvoice: string;
  sandbox: string;
  period: string;
  closed: string;
  totals: string;
  stock: string;
  sales: string;
  bookings: string;
  none: string;
  /** Where more were booked than are shown. */
  more: (count: string) => string;
  currency: string;
  vat: string;
  vatIncluded: string;
  vatExcluded: string;
  units: string;
  net: string;
  total: string;
  fees: string;
  offer: string;
  opening: string;
  granted: string;
  adjusted: string;
  sold: string;
  late: string;
  reversed: string;
  closing: string;
  held: string;
  owed: string;
  price: string;
  fee: string;
  value: string;
  date: string;
  kind: string;
  reference: string;
  grant: string;
  adjust: string;
  /** Where letters were replaced. */
  replaced: string;
  hash: string;
  proof: string;
  page: (page: number, pages: number) => string;
}

export const STATEMENT_WORDS: Readonly<Record<StaffLanguage, StatementWords>> = {
  en: {
    title: 'Statement',
    notInvoice: 'Statement, not an invoice',
    sandbox: 'Sandbox: a test, nothing was sold',
    period: 'Period',
    closed: 'Closed',
    totals: 'Totals',
    stock: 'Stock, in units',
    sales: 'Sales, at the price of each',
    bookings: 'Grants and adjustments',
    none: 'None',
    more: (count) => `${count} more are among the lines of the statement (CSV).`,
    currency: 'Currency',
    vat: 'VAT',
    vatIncluded: 'included',
    vatExcluded: 'on top',
    units: 'Units',
    net: 'Net',
    total: 'Total',
    fees: 'Your margin',
    offer: 'Offer',
    opening: 'Opening',
    granted: 'Granted',
    adjusted: 'Adjusted',
    sold: 'Sold',
    late: 'Late',
    reversed: 'Reversed',
    closing: 'Closing',
    held: 'of which held',
    owed: 'Owed',
    price: 'Price',
    fee: 'Margin',
    value: 'Value',
    date: 'Date',
    kind: 'Kind',
    reference: 'Reference',
    grant: 'Grant',
    adjust: 'Adjustment',
    replaced: '�: a letter that the font of this page has not. The signed file (JSON) and the lines (CSV) have it.',
    hash: 'SHA-256',
    proof: 'The signed file (JSON) proves it: opentopup verify statement.json --keys jwks.json',
    page: (page, pages) => `Page ${page} of ${pages}`,
  },
  fr: {
    title: 'Relevé',
    notInvoice: 'Relevé, pas une facture',
    sandbox: "Bac à sable : un essai, rien n'a été vendu",
    period: 'Période',
    closed: 'Clôturé',
    totals: 'Totaux',
    stock: 'Stock, en unités',
    sales: 'Ventes, au prix de chacune',
    bookings: 'Approvisionnements et corrections',
    none: 'Néant',
    more: (count) => `${count} autres figurent parmi les lignes du relevé (CSV).`,
    currency: 'Devise',
    vat: 'TVA',
    vatIncluded: 'comprise',
    vatExcluded: 'en sus',
    units: 'Unités',
    net: 'Hors taxe',
    total: 'Total',
    fees: 'Votre marge',
    offer: 'Offre',
    opening: 'Début',
    granted: 'Reçu',
    adjusted: 'Corrigé',
    sold: 'Vendu',
    late: 'Tardif',
    reversed: 'Annulé',
    closing: 'Fin',
    held: 'dont réservé',
    owed: 'Dû',
    price: 'Prix',
    fee: 'Marge',
    value: 'Montant',
    date: 'Date',
    kind: 'Type',
    reference: 'Référence',
    grant: 'Approvisionnement',
    adjust: 'Correction',
    replaced: '� : une lettre que la police de cette page n’a pas. Le fichier signé (JSON) et les lignes (CSV) l’ont.',
    hash: 'SHA-256',
    proof: 'Le fichier signé (JSON) fait foi : opentopup verify statement.json --keys jwks.json',
    page: (page, pages) => `Page ${page} sur ${pages}`,
  },
};
