import type { Language } from '@opentopup/contract';

/** The languages that people are written to in, to choose from. */
export const LANGUAGE_CHOICES: readonly { value: Language; label: string }[] = [
  { value: 'fr', label: 'Français' },
  { value: 'en', label: 'English' },
];
