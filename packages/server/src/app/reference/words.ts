import type { StaffLanguage } from '@opentopup/contract';

const EN = {
  title: 'The API',
  back: 'To the console',
  other: 'Français',
  contents: 'Contents',
  description: 'The description for programs',
  try: 'Try each call in the sandbox',
  groups: { Distributors: 'Distributors', Operator: 'Operator' },
  parameters: 'Parameters',
  body: 'Body',
  example: 'Example',
  answers: 'Answers',
  needed: 'needed',
  access: 'Access',
  everybody: 'everybody',
  schemas: 'Schemas',
  note: '',
  methods: 'Ways of access',
};
const FR: typeof EN = {
  title: 'L’API',
  back: 'Vers la console',
  other: 'English',
  contents: 'Sommaire',
  description: 'La description pour les programmes',
  try: 'Essayer chaque appel dans le bac à sable',
  groups: { Distributors: 'Distributeurs', Operator: 'Opérateur' },
  parameters: 'Paramètres',
  body: 'Corps',
  example: 'Exemple',
  answers: 'Réponses',
  needed: 'nécessaire',
  access: 'Accès',
  everybody: 'tout le monde',
  schemas: 'Schémas',
  note: 'Les descriptions sont celles du contrat, en anglais.',
  methods: 'Moyens d’accès',
};

/** What stands around the description of the API. */
export const REFERENCE_WORDS: Readonly<Record<StaffLanguage, typeof EN>> = { en: EN, fr: FR };
