import type { Locale } from '@opentopup/client/cli/locale';

const en = {
  about: 'Have your program sell through chaos in the sandbox, and compare what it says with the books',
  client: 'Where your program takes orders: POST with order, offer_id and msisdn',
  orders: (count: number) => `How many orders; ${count} unless told`,
  offer: 'The offer to sell',
  msisdn: 'A number that it recharges; others are made from it',
  seed: 'With the same seed the same chaos comes again; any unless told',
  badUrl: (url: string) => `${url} is no address such as http://localhost:3000/order.`,
  tooMany: (most: number) => `${most} orders at most.`,
  noOffer: 'No offer recharges a number.',
  fewUnits: (name: string, units: number, orders: number) =>
    `Of ${name} there are ${units} units: too few for ${orders} orders.`,
  silent: (url: string) => `${url} does not answer.`,
  clean: 'Your program knows exactly what became of every order.',
  unsold: 'Nothing was sold: that proves nothing.',
  remedies: {
    doubled: 'Doubled: send each order under an Idempotency-Key of its own, and repeat it under the same.',
    lost: 'Lost: where no answer came, repeat the order under its key, or look it up; it has not failed.',
    misread: 'Misread: say sold or refused only as the answer says it, with the transaction that it names.',
  },
  found: (doubled: number, lost: number, misread: number) => `Doubled: ${doubled}. Lost: ${lost}. Misread: ${misread}.`,
  summary: (orders: number, sold: number, units: number, givenUp: number, seed: number) =>
    `${orders} orders, ${sold} sold, ${units} units taken, ${givenUp} given up that another try would have sold. Seed ${seed}.`,
};

const fr: typeof en = {
  about: 'Faire vendre votre programme parmi des incidents du bac à sable, et comparer ce qu’il dit avec les comptes',
  client: 'Où votre programme prend les commandes : POST avec order, offer_id et msisdn',
  orders: (count) => `Nombre de commandes ; sinon ${count}`,
  offer: "L'offre à vendre",
  msisdn: "Un numéro qu'elle recharge ; d'autres en sont tirés",
  seed: 'La même graine provoque à nouveau les mêmes incidents ; sinon au hasard',
  badUrl: (url) => `${url} n'est pas une adresse comme http://localhost:3000/order.`,
  tooMany: (most) => `${most} commandes au plus.`,
  noOffer: 'Aucune offre ne recharge un numéro.',
  fewUnits: (name, units, orders) => `De ${name} il reste ${units} unités : trop peu pour ${orders} commandes.`,
  silent: (url) => `${url} ne répond pas.`,
  clean: "Votre programme sait exactement ce qu'est devenue chaque commande.",
  unsold: "Rien n'a été vendu : cela ne prouve rien.",
  remedies: {
    doubled: 'Doublée : envoyez chaque commande sous une Idempotency-Key à elle, et répétez-la sous la même.',
    lost: "Perdue : sans réponse, répétez la commande sous sa clé, ou cherchez-la ; elle n'a pas échoué.",
    misread: "Mal comprise : ne dites vendue ou refusée que d'après la réponse, avec la transaction qu'elle nomme.",
  },
  found: (doubled, lost, misread) => `Doublées : ${doubled}. Perdues : ${lost}. Mal comprises : ${misread}.`,
  summary: (orders, sold, units, givenUp, seed) =>
    `${orders} commandes, ${sold} vendues, ${units} unités prises, ${givenUp} abandonnées qu'un nouvel essai aurait vendues. Graine ${seed}.`,
};

/** What people read of `doctor`, by language. */
export const DOCTOR_WORDS: Readonly<Record<Locale['language'], typeof en>> = { en, fr };
