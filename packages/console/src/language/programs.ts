import type { StaffLanguage } from '@opentopup/contract';
import { useLanguage } from './language.ts';
import { programsEnglish } from './programs-en.ts';
import { type ProgramsMessages, programsFrench } from './programs-fr.ts';

const CATALOGUES: Readonly<Record<StaffLanguage, ProgramsMessages>> = { fr: programsFrench, en: programsEnglish };

/** Tells what the pages about programs say, in the language chosen. They come with these pages, as nobody sells there. */
export const useProgramsMessages = (): ProgramsMessages => CATALOGUES[useLanguage()];
