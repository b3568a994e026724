import type { StaffLanguage } from '@opentopup/contract';
import { accessEnglish } from './access-en.ts';
import { type AccessMessages, accessFrench } from './access-fr.ts';
import { useLanguage } from './language.ts';

const CATALOGUES: Readonly<Record<StaffLanguage, AccessMessages>> = { fr: accessFrench, en: accessEnglish };

/** Tells what the pages about signing in say, in the language chosen. They come with these pages: nobody needs them to sell. */
export const useAccessMessages = (): AccessMessages => CATALOGUES[useLanguage()];
