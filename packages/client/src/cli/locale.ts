import { type StaffLanguage, staffLanguageOfTag } from '@opentopup/contract/messages/staff-messages';
import { type CliMessages, cliEnglish } from './messages/en.ts';
import { cliFrench } from './messages/fr.ts';

/** How somebody wants to be spoken to: words, numbers, money and dates. */
export interface Locale {
  /** BCP 47: `fr-FR`. */
  tag: string;
  /** In which of our languages. */
  language: StaffLanguage;
  t: CliMessages;
  number: (value: number) => string;
  /** @param amount in the currency's main unit */
  money: (amount: number, currency: string) => string;
  /** An instant, in the time zone of this machine. */
  date: (instant: string | Date) => string;
  /** The time of day. */
  time: (instant: Date) => string;
  /** A span of time, to a precision that people care about. */
  duration: (seconds: number) => string;
}

const MESSAGES: Readonly<Record<StaffLanguage, CliMessages>> = { en: cliEnglish, fr: cliFrench };

type Environment = Readonly<Record<string, string | undefined>>;

/** Gives the locale of the environment as POSIX has it (`fr_FR.UTF-8`), else the system's. */
export function localeTag({ LC_ALL, LC_MESSAGES, LANG }: Environment): string {
  const [name = ''] = (LC_ALL || LC_MESSAGES || LANG || '').split(/[.@]/);
  const tag = name.replaceAll('_', '-');
  try {
    return Intl.getCanonicalLocales(tag)[0] ?? Intl.DateTimeFormat().resolvedOptions().locale;
  } catch {
    return 'en';
  }
}

const UNITS: readonly [name: 'days' | 'hours' | 'minutes' | 'seconds', seconds: number][] = [
  ['days', 86_400],
  ['hours', 3_600],
  ['minutes', 60],
  ['seconds', 1],
];

/** Splits a span into at most two units: days and hours, hours and minutes, … */
function parts(seconds: number): Partial<Record<(typeof UNITS)[number][0], number>> {
  const first = UNITS.findIndex(([, size]) => Math.round(seconds) >= size);
  let rest = Math.round(seconds);
  const two = UNITS.slice(first, first + 2).map(([name, size]) => {
    const count = Math.floor(rest / size);
    rest -= count * size;
    return [name, count] as const;
  });
  return Object.fromEntries(two.filter(([, count], i) => count > 0 || i === 0));
}

/** Makes the locale of a tag: in its language where we speak it, else in English. */
export function localeOf(tag: string): Locale {
  const language = staffLanguageOfTag(tag);
  const number = new Intl.NumberFormat(tag, { maximumFractionDigits: 1 });
  const date = new Intl.DateTimeFormat(tag, { dateStyle: 'medium', timeStyle: 'short' });
  const time = new Intl.DateTimeFormat(tag, { timeStyle: 'medium' });
  // Its words are ours, not those of the tag.
  const duration = new Intl.DurationFormat(language, { style: 'narrow' });
  const noTime = new Intl.DurationFormat(language, { style: 'narrow', secondsDisplay: 'always' });
  return {
    tag,
    language,
    t: MESSAGES[language],
    number: (value) => number.format(value),
    money: (amount, currency) => {
      if (!/^[A-Z]{3}$/.test(currency)) return `${number.format(amount)} ${currency}`;
      return new Intl.NumberFormat(tag, { style: 'currency', currency }).format(amount);
    },
    date: (instant) => date.format(new Date(instant)),
    time: (instant) => time.format(instant),
    duration: (seconds) => (seconds < 1 ? noTime.format({ seconds: 0 }) : duration.format(parts(seconds))),
  };
}
