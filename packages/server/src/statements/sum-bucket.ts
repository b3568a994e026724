import type { Query } from '../database/database.ts';
import { feeOn } from '../values/money.ts';
import { type MovedUnits, NOTHING_MOVED, type PricedUnits, UnitsByPrice, withMoved } from './figures.rules.ts';
import {
  type BookedUnits,
  type CutBucket,
  cutWithin,
  endOfStretch,
  headAfter,
  listBookings,
  type MovedSum,
  pricesOfVersions,
  type Stretch,
  sumStretch,
  type VersionPrice,
} from './moved-units.query.ts';

/** So many movements are read at once: a sale has two. */
const AT_ONCE = 10_000;

const OF_SALES: ReadonlySet<string> = new Set(['sell', 'late_delivery', 'return']);

/** What has moved in a bucket up to a cut. */
export interface SummedBucket {
  bucket: CutBucket;
  moved: MovedUnits;
  prices: PricedUnits[];
  /** The first ones. */
  bookings: BookedUnits[];
  /** How many there are. */
  booked: number;
  cut: { seq: number; head: string };
}

/**
 * Adds up what has moved in a bucket since its last cut, up to the first movement of a later time: what was booked late is
 * behind that, and so in the next statement. Movements never change, so they are read piece by piece while sales go on.
 * @param mostBookings that are listed
 * @param onRead told how many movements were read, after each piece
 */
export async function sumBucket(
  on: Query,
  bucket: CutBucket,
  before: Date,
  mostBookings: number,
  onRead: (movements: number) => Promise<void>,
): Promise<SummedBucket> {
  const prices = new UnitsByPrice();
  const known = new Map<number, VersionPrice>();
  const bookings: BookedUnits[] = [];
  let moved = NOTHING_MOVED;
  let booked = 0;
  let { seq, head } = bucket;
  for (let isCut = false; seq < bucket.last_seq && !isCut; ) {
    const whole: Stretch = { ...bucket, after: seq, upTo: bucket.last_seq };
    const piece = { ...whole, upTo: await endOfStretch(on, whole, AT_ONCE) };
    const cut = await cutWithin(on, piece, before);
    isCut = cut !== null;
    const stretch = { ...piece, upTo: cut ?? piece.upTo };
    const sums = await sumStretch(on, stretch, bucket.product_id);
    await learnPrices(on, stretch, sums, known);
    for (const sum of sums) {
      moved = withMoved(moved, sum);
      if (sum.kind === 'grant' || sum.kind === 'adjust') booked += sum.movements;
      if (!OF_SALES.has(sum.kind)) continue;
      const price = known.get(sum.version ?? 0);
      if (!price) throw new Error(`a movement of offer ${bucket.offer_id} up to ${stretch.upTo} has no sale`);
      prices.add(unitPrice(price, sum), sum.kind, sum.units);
    }
    const left = Math.min(mostBookings, booked) - bookings.length;
    if (left > 0) bookings.push(...(await listBookings(on, stretch, left)));
    head = await headAfter(on, stretch, head);
    seq = stretch.upTo;
    await onRead(seq - stretch.after);
  }
  return { bucket, moved, prices: prices.sorted, bookings, booked, cut: { seq, head } };
}

/** Reads the prices of versions that were not seen before. */
async function learnPrices(
  on: Query,
  stretch: Stretch,
  sums: readonly MovedSum[],
  known: Map<number, VersionPrice>,
): Promise<void> {
  const versions = new Set(sums.flatMap(({ version }) => (version === null || known.has(version) ? [] : [version])));
  if (versions.size === 0) return;
  for (const price of await pricesOfVersions(on, stretch, [...versions])) known.set(price.version, price);
}

const unitPrice = (price: VersionPrice, { vat_rate, vat_included }: MovedSum) => ({
  value_minor: price.value_minor,
  fee_minor: feeOn(price.value_minor, price),
  vat: vat_rate === null ? null : { rate: vat_rate, is_included: vat_included ?? false },
});
