import type { StaffLanguage } from '@opentopup/contract';
import { useMemo } from 'react';
import { useLanguage } from './language.ts';

const LOCALES: Record<StaffLanguage, string> = { fr: 'fr-FR', en: 'en-GB' };

export function formatsIn(language: StaffLanguage) {
  const locale = LOCALES[language];
  const number = new Intl.NumberFormat(locale);
  const exact = new Intl.NumberFormat(locale, { maximumFractionDigits: 6 });
  const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 });
  const change = new Intl.NumberFormat(locale, {
    style: 'percent',
    signDisplay: 'exceptZero',
    maximumFractionDigits: 0,
  });
  const points = new Intl.NumberFormat(locale, { signDisplay: 'exceptZero', maximumFractionDigits: 1 });
  const unit = (value: number, of: string) =>
    new Intl.NumberFormat(locale, { style: 'unit', unit: of, maximumFractionDigits: 1 }).format(value);
  const moment = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'medium' });
  const short = new Intl.DateTimeFormat(locale, {
    day: '2-digit',
    month: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  });
  const hour = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit' });
  const shortDay = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short' });
  const utcDay = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', timeZone: 'UTC' });
  const day = new Intl.DateTimeFormat(locale, { dateStyle: 'medium' });
  const countries = new Intl.DisplayNames(locale, { type: 'region' });
  return {
    number: (value: number) => number.format(value),
    percent: (share: number) => percent.format(share),
    /** A rate of a tax, in hundredths, with as many digits as it has. */
    taxRate: (rate: number) =>
      new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 6 }).format(rate / 100),
    /** By what share something has changed, with its sign. */
    change: (share: number) => change.format(share),
    /** By how many hundredths a share has changed, with its sign. */
    points: (difference: number) => points.format(difference * 100),
    /** How long something took or lasted, in seconds, roughly. */
    lasting: (seconds: number) => {
      if (seconds < 1) return unit(Math.round(seconds * 1_000), 'millisecond');
      if (seconds < 60) return unit(seconds, 'second');
      if (seconds < 3_600) return unit(Math.round(seconds / 60), 'minute');
      return seconds < 172_800 ? unit(seconds / 3_600, 'hour') : unit(seconds / 86_400, 'day');
    },
    money: (value: number, currency: string) =>
      new Intl.NumberFormat(locale, { style: 'currency', currency }).format(value),
    /** What a supplier charges, with as many digits as it has. */
    cost: (value: number, currency: string | undefined) =>
      currency === undefined
        ? exact.format(value)
        : new Intl.NumberFormat(locale, { style: 'currency', currency, maximumFractionDigits: 6 }).format(value),
    /** An amount where there is little room: large ones without their minor unit. */
    roughMoney: (value: number, currency: string) => {
      const digits = value === 0 || value >= 1_000 ? { maximumFractionDigits: 0 } : {};
      return new Intl.NumberFormat(locale, { style: 'currency', currency, ...digits }).format(value);
    },
    /** A wire date with its seconds, in the time zone of whoever looks. */
    moment: (date: string) => moment.format(new Date(date)),
    short: (date: string) => short.format(new Date(date)),
    hour: (date: Date) => hour.format(date),
    shortDay: (date: Date) => shortDay.format(date),
    /** A day that begins and ends as the server's days do. */
    utcDay: (date: Date) => utcDay.format(date),
    day: (date: string) => day.format(new Date(date)),
    /** A day of the calendar, as in `2026-11-30`; at noon it is that day wherever the page is read. */
    calendarDay: (date: string) => day.format(new Date(`${date}T12:00:00`)),
    country: (code: string) => countries.of(code) ?? code,
  };
}

export type Formats = ReturnType<typeof formatsIn>;

/** Numbers, money, dates and countries as they are written in the language chosen. */
export function useFormats(): Formats {
  const language = useLanguage();
  return useMemo(() => formatsIn(language), [language]);
}
