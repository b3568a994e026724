import type { StaffLanguage } from '@opentopup/contract';
import { booksEnglish } from './books-en.ts';
import { type BooksMessages, booksFrench } from './books-fr.ts';
import { useLanguage } from './language.ts';

const CATALOGUES: Readonly<Record<StaffLanguage, BooksMessages>> = { fr: booksFrench, en: booksEnglish };

/** Tells what the pages of the month's end say, in the language chosen. They come with these pages, as nobody sells there. */
export const useBooksMessages = (): BooksMessages => CATALOGUES[useLanguage()];
