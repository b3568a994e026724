import type { StaffLanguage } from '@opentopup/contract';
import { useLanguage } from './language.ts';
import { officeEnglish } from './office-en.ts';
import { type OfficeMessages, officeFrench } from './office-fr.ts';

const CATALOGUES: Readonly<Record<StaffLanguage, OfficeMessages>> = { fr: officeFrench, en: officeEnglish };

/** Tells what the operator's own pages say, in the language chosen. They come with these pages, as nobody sells there. */
export type { OfficeMessages } from './office-fr.ts';

export const useOfficeMessages = (): OfficeMessages => CATALOGUES[useLanguage()];
