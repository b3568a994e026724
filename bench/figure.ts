import type { Bench } from './bench.ts';
import type { SideReading } from './reading.ts';

/** One value for each pair, and the sides behind them. */
export interface Measured {
  values: number[];
  /** The same in CPU time, where both sides' is known: how often the first side's cost fits into the second's. */
  cpu?: number[];
  sides: Record<string, SideReading[]>;
}

/** Something that is measured, and what it has to reach. */
export interface Figure {
  name: string;
  what: string;
  unit: 'x' | 'MB' | '/s' | 's' | 'ms';
  better: 'higher' | 'lower';
  must: number;
  aim: number;
  /** Whether it is part of the short run. */
  quick: boolean;
  measure: (bench: Bench) => Promise<Measured>;
}

/** Why a figure cannot be measured here; the others go on. */
export class Skipped extends Error {
  override readonly name = 'Skipped';
}
