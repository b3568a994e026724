/** What an agent may sell; amounts in minor units of the one currency. */
export interface Caps {
  offers: string[];
  units_per_hour: number;
  units_per_day: number;
  line_units_per_day: number;
  amount_per_day_minor: number;
  currency: string;
  released_up_to_minor: number | null;
}

/** What an agent has sold, and is selling. */
export interface UsedCaps {
  units_last_hour: number;
  units_last_day: number;
  amount_last_day_minor: number;
}

/** Who releases what needs no person. */
export const POLICY = 'policy';

/** Tells whether a sale at this price needs no person. */
export const isReleasedBy = ({ released_up_to_minor }: Caps, price_minor: number): boolean =>
  released_up_to_minor !== null && price_minor <= released_up_to_minor;

/** Tells which cap one more unit would pass, and how high it is; null: none. */
export function capReached(
  caps: Caps,
  used: UsedCaps & { line_units_last_day: number },
  price_minor: number,
): string | null {
  if (used.units_last_hour >= caps.units_per_hour) return `units_per_hour: ${caps.units_per_hour}`;
  if (used.units_last_day >= caps.units_per_day) return `units_per_day: ${caps.units_per_day}`;
  if (used.line_units_last_day >= caps.line_units_per_day) return `line_units_per_day: ${caps.line_units_per_day}`;
  return used.amount_last_day_minor + price_minor > caps.amount_per_day_minor ? 'amount_per_day' : null;
}
