import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chance, normal, poisson } from './chance.ts';

/** Units asked for in each hour, as if there had always been enough in stock. */
export interface History {
  from: Date;
  units: readonly number[];
  /** The first day on which a forecast is asked for. */
  firstDay: number;
}

const DAY_HOURS = 24;
const DAYS = 140;
const YOUNG_DAYS = 45;
/** Each kind is made so often, by other chances. */
const TIMES = 6;
/** A Monday. */
const FROM = new Date('2026-01-05T00:00:00Z');

/** An airport: next to nothing at night, most in the morning and the early evening, and at the end of the week. */
const HOURS = [1, 0, 0, 0, 2, 6, 10, 12, 11, 9, 8, 8, 8, 7, 7, 8, 10, 12, 11, 8, 6, 4, 3, 2];
const HOURS_MEAN = HOURS.reduce((total, each) => total + each, 0) / DAY_HOURS;
const WEEKDAYS = [0.7, 0.7, 0.8, 1, 1.5, 1.4, 0.9];
const dayOf = (hour: number): number => Math.floor(hour / DAY_HOURS);
const airport = (hour: number): number =>
  ((HOURS[hour % DAY_HOURS] ?? 1) / HOURS_MEAN) * (WEEKDAYS[dayOf(hour) % WEEKDAYS.length] ?? 1);

/** Units in an hour, drawn each time. */
type Draw = (hour: number) => number;

interface Kind {
  what: string;
  draw: (next: () => number) => Draw;
  days?: number;
  firstDay?: number;
}

const KINDS: Readonly<Record<string, Kind>> = {
  constant: { what: '48 a day, at any hour', draw: (next) => () => poisson(2, next) },
  weekday: { what: '48 a day, as at an airport', draw: (next) => (hour) => poisson(2 * airport(hour), next) },
  busy: { what: '4,800 a day, as at an airport', draw: (next) => (hour) => poisson(200 * airport(hour), next) },
  sparse: { what: 'one in two days', draw: (next) => () => poisson(0.5 / DAY_HOURS, next) },
  bursty: {
    what: 'groups of 5 to 25, three in two days',
    draw: (next) => () => {
      let units = 0;
      for (let groups = poisson(1.5 / DAY_HOURS, next); groups > 0; groups -= 1) units += 5 + Math.floor(next() * 21);
      return units;
    },
  },
  restless: {
    what: '96 a day, a third more or less from day to day, as at an airport',
    draw: (next) => {
      const paces: number[] = [];
      return (hour) => {
        paces[dayOf(hour)] ??= Math.exp(normal(next) / 3);
        return poisson(4 * airport(hour) * (paces[dayOf(hour)] ?? 1), next);
      };
    },
  },
  seasonal: {
    what: 'from half of 96 a day to one and a half and back in 20 weeks',
    draw: (next) => (hour) => poisson(4 * airport(hour) * (1 - Math.cos((2 * Math.PI * dayOf(hour)) / DAYS) / 2), next),
  },
  growing: {
    what: '2 % more each day',
    draw: (next) => (hour) => poisson(0.8 * airport(hour) * 1.02 ** dayOf(hour), next),
  },
  halved: {
    what: '96 a day, half of that from day 70 on',
    draw: (next) => (hour) => poisson(4 * airport(hour) * (dayOf(hour) < DAYS / 2 ? 1 : 0.5), next),
  },
  young: {
    what: 'a new offer, asked for from its second day on',
    draw: (next) => (hour) => poisson(2 * airport(hour), next),
    days: YOUNG_DAYS,
    firstDay: 2,
  },
};

interface Replayed {
  what: string;
  from: string;
  /** The units of each hour, a day in a line. */
  days: string[];
}

const replayed = JSON.parse(readFileSync(join(import.meta.dirname, 'replayed.json'), 'utf8')) as Record<
  string,
  Replayed
>;

/** Gives every kind of history, by name: those that are made up, then those that happened. */
export function histories(): { name: string; what: string; of: History[] }[] {
  const made = Object.entries(KINDS).map(([name, { what, draw, days = DAYS, firstDay = 28 }], kind) => {
    const of = Array.from({ length: TIMES }, (_, time) => {
      const unitsIn = draw(chance(100 * kind + time));
      return { from: FROM, units: Array.from({ length: days * DAY_HOURS }, (_each, hour) => unitsIn(hour)), firstDay };
    });
    return { name, what, of };
  });
  const happened = Object.entries(replayed).map(([name, { what, from, days }]) => {
    const units = days.flatMap((day) => day.split(' ').map(Number));
    return { name, what, of: [{ from: new Date(from), units, firstDay: 28 }] };
  });
  return [...made, ...happened];
}
