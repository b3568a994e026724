import type { Locale } from '@opentopup/client/cli/locale';

const en = {
  about: 'Check whether a Travel B2B server keeps to the description',
  tokenUrl: 'Where tokens are made; /oauth/v3/token there unless told',
  sell: 'Sell too: 16 units at most, and change an offer and change it back',
  offer: 'The offer to sell',
  msisdn: 'The number to recharge; a sandbox needs none',
  refused: 'A number that the supplier refuses',
  replaceKey: 'Replace the key for eSIMs for good, and sell one',
  limits: 'Use up the tokens of a minute: none are given for a minute after',
  junit: 'Write the results as JUnit',
  html: 'Write the results as a page',
  badge: 'Write a badge (SVG)',
  noNumber: 'That server may really recharge a number: name one with --msisdn.',
  needsSell: (flag: string) => `${flag} needs --sell.`,
  notWritable: (file: string) => `${file} cannot be written.`,
  silent: (url: string) => `${url} does not answer.`,
  denied: 'The credentials are not accepted there.',
};

const fr: typeof en = {
  about: 'Vérifier si un serveur Travel B2B respecte la description',
  tokenUrl: 'Où les jetons sont délivrés ; sinon /oauth/v3/token au même endroit',
  sell: 'Vendre aussi : 16 unités au plus, et modifier une offre puis la rétablir',
  offer: "L'offre à vendre",
  msisdn: 'Le numéro à recharger ; inutile dans un bac à sable',
  refused: 'Un numéro que le fournisseur refuse',
  replaceKey: 'Remplacer définitivement la clé des eSIM, et en vendre une',
  limits: "Épuiser les jetons d'une minute : aucun n'est donné pendant une minute",
  junit: 'Écrire les résultats en JUnit',
  html: 'Écrire les résultats dans une page',
  badge: 'Écrire un badge (SVG)',
  noNumber: 'Ce serveur peut vraiment recharger un numéro : indiquez-en un avec --msisdn.',
  needsSell: (flag) => `${flag} demande --sell.`,
  notWritable: (file) => `Impossible d'écrire ${file}.`,
  silent: (url) => `${url} ne répond pas.`,
  denied: "L'identification n'y est pas acceptée.",
};

/** What people read of `conformance`, by language. */
export const CONFORMANCE_OPTION_WORDS: Readonly<Record<Locale['language'], typeof en>> = { en, fr };
