import type { StaffLanguage } from '@opentopup/contract';
import { escaped } from '@opentopup/contract/escaped';
import { publicPage } from '../proofs/public-page.ts';
import { momentIn } from '../proofs/receipt-page.ts';
import type { Story } from './tell-story.ts';

const EN = {
  title: 'The story of a sale',
  gone: 'This link does not count any more.',
  goneNote: 'It was closed, its time is over, or it never was. Ask whoever gave it to you.',
  verdicts: {
    ok: 'Delivered.',
    ko: 'Not delivered; its unit is back in stock.',
    expired: 'Given up: nobody will know. Its unit is back in stock.',
    pending: 'Pending: nobody knows yet.',
    created: 'Pending: nobody knows yet.',
  },
  reversed: 'Annulled: the sale was reversed.',
  test: 'Only a test: nothing was delivered.',
  seller: 'Sold by',
  offer: 'Offer',
  line: 'For',
  price: 'Price',
  supplier: 'Supplier',
  reference: 'Reference',
  id: 'Transaction',
  message: 'Told to the customer',
  happened: 'What happened',
  ordered: 'Ordered; a unit was held',
  attempt: (number: number, supplier: string) => `Attempt ${number}: ${supplier}`,
  attemptEnd: (number: number, status: string) => `Attempt ${number} ended: ${status}`,
  ended: (status: string) => `Outcome: ${status}`,
  request: (reason: string) => `Somebody asked to reverse it: ${reason}`,
  reversal: (reason: string) => `Reversed: ${reason}`,
  late: 'Proved delivered after its end',
  calls: 'What was said to the supplier',
  noCalls: 'Nothing is kept of it.',
  ledger: 'In the ledger',
  kinds: {
    hold: 'unit held',
    sell: 'unit sold',
    release: 'unit given back',
    return: 'unit back in stock',
    late_delivery: 'unit sold late',
  } as Record<string, string>,
  reasons: {
    not_delivered: 'nothing has arrived',
    refunded: 'the supplier has taken it back',
    mistake: 'sold by mistake',
    fraud: 'fraud',
    other: 'another reason',
  } as Record<string, string>,
  file: 'Signed file',
  note: 'The file proves itself: opentopup verify file.json, with the public keys of this server. Numbers are masked on purpose.',
};
const FR: typeof EN = {
  title: "L'histoire d'une vente",
  gone: 'Ce lien ne compte plus.',
  goneNote: "Il a été fermé, son délai est passé, ou il n'a jamais existé. Demandez à la personne qui vous l'a donné.",
  verdicts: {
    ok: 'Livrée.',
    ko: 'Pas livrée ; son unité est de retour en stock.',
    expired: 'Abandonnée : personne ne le saura. Son unité est de retour en stock.',
    pending: 'En cours : personne ne le sait encore.',
    created: 'En cours : personne ne le sait encore.',
  },
  reversed: 'Annulée : la vente a été annulée.',
  test: "Un simple essai : rien n'a été livré.",
  seller: 'Vendu par',
  offer: 'Offre',
  line: 'Pour',
  price: 'Prix',
  supplier: 'Fournisseur',
  reference: 'Référence',
  id: 'Transaction',
  message: 'Dit au client',
  happened: "Ce qui s'est passé",
  ordered: 'Commandée ; une unité a été réservée',
  attempt: (number, supplier) => `Tentative ${number} : ${supplier}`,
  attemptEnd: (number, status) => `Fin de la tentative ${number} : ${status}`,
  ended: (status) => `Résultat : ${status}`,
  request: (reason) => `L'annulation a été demandée : ${reason}`,
  reversal: (reason) => `Annulée : ${reason}`,
  late: "S'est révélée livrée après sa fin",
  calls: 'Ce qui a été dit au fournisseur',
  noCalls: "Rien n'en est conservé.",
  ledger: 'Dans le registre',
  kinds: {
    hold: 'unité réservée',
    sell: 'unité vendue',
    release: 'unité rendue',
    return: 'unité de retour en stock',
    late_delivery: 'unité vendue après coup',
  },
  reasons: {
    not_delivered: "rien n'est arrivé",
    refunded: "le fournisseur l'a reprise",
    mistake: 'vendue par erreur',
    fraud: 'fraude',
    other: 'autre raison',
  },
  file: 'Fichier signé',
  note: 'Le fichier se prouve : opentopup verify file.json, avec les clés publiques de ce serveur. Les numéros sont masqués exprès.',
};
const WORDS: Record<StaffLanguage, typeof EN> = { en: EN, fr: FR };

/** Lists what happened, in its order. */
function stepsOf({ order, attempts, outcome, reversal, late_delivery, reversal_requests }: Story, words: typeof EN) {
  const steps: [date: string, text: string][] = [[order.date, words.ordered]];
  for (const { number, begin_date, supplier_name, end_date, status } of attempts) {
    steps.push([begin_date, words.attempt(number, supplier_name)]);
    if (end_date !== undefined && attempts.length > 1)
      steps.push([end_date, words.attemptEnd(number, words.verdicts[status])]);
  }
  for (const { date, reason } of reversal_requests) steps.push([date, words.request(words.reasons[reason] ?? reason)]);
  if (late_delivery) steps.push([late_delivery.date, words.late]);
  if (reversal) steps.push([reversal.date, words.reversal(words.reasons[reversal.reason] ?? reversal.reason)]);
  else if (outcome.status !== 'pending') steps.push([outcome.date, words.ended(words.verdicts[outcome.status])]);
  return steps.toSorted(([a], [b]) => a.localeCompare(b));
}

const rowOf = (cells: readonly string[]): string =>
  `<tr>${cells.map((each) => `<td>${escaped(each)}</td>`).join('')}</tr>`;
const tableOf = (rows: readonly (readonly string[])[]): string =>
  `<div class="scroll"><table>${rows.map(rowOf).join('')}</table></div>`;

function callsOf({ exchanges }: Story, words: typeof EN): string {
  if (!exchanges) return '';
  const calls = exchanges.map(({ date, method, url, status, failure, request_body, response_body }) => {
    const head = [date, method, url, status ?? failure].filter((each) => each !== undefined).join(' ');
    return `<pre>${escaped([head, request_body, response_body].filter(Boolean).join('\n'))}</pre>`;
  });
  return `<h2>${escaped(words.calls)}</h2>${calls.join('') || `<p>${escaped(words.noCalls)}</p>`}`;
}

/** Writes an entry of the ledger: its number and what it says, and its hash below. */
const entryOf = ({ seq, kind, date, hash }: Story['ledger'][number], language: StaffLanguage): string =>
  `<p>${escaped(`${seq} · ${WORDS[language].kinds[kind] ?? kind} · ${momentIn(language, date)}`)}</p><pre>${escaped(hash)}</pre>`;

/** Writes the page that tells the story of a sale. @param file where its signed file is */
export function disputePage(story: Story, language: StaffLanguage, file: string): string {
  const words = WORDS[language];
  const { order, outcome, reversal, test } = story;
  const verdict = reversal ? words.reversed : words.verdicts[outcome.status];
  const more = [
    `<p><a href="${escaped(file)}">${escaped(words.file)}</a></p><h2>${escaped(words.happened)}</h2>`,
    tableOf(stepsOf(story, words).map(([date, text]) => [momentIn(language, date), text])),
    callsOf(story, words),
    `<h2>${escaped(words.ledger)}</h2>`,
    story.ledger.map((each) => entryOf(each, language)).join(''),
  ];
  return publicPage({
    language,
    title: words.title,
    verdict: { text: test ? words.test : verdict, isGood: outcome.status === 'ok' && !test },
    rows: [
      [words.seller, story.seller],
      [words.offer, order.offer_name],
      [words.line, order.line],
      [
        words.price,
        new Intl.NumberFormat(language, { style: 'currency', currency: order.currency }).format(order.price),
      ],
      [words.supplier, order.supplier_name],
      [words.reference, order.reference],
      [words.message, outcome.customer_message],
      [words.id, story.id],
    ],
    more: more.join(''),
    note: words.note,
  });
}

/** Writes the page of a link that is not open, or never was. */
export function closedPage(language: StaffLanguage): string {
  const { title, gone, goneNote } = WORDS[language];
  return publicPage({ language, title, verdict: { text: gone, isGood: false }, rows: [], note: goneNote });
}
