import { type NumberLookup, type Refusal, refuse, wireDate } from '@opentopup/contract';
import { readNumber } from '@opentopup/contract/lines/read-number';
import type { KnownOffer } from '../catalogue/catalogue.cache.ts';
import { saleStatus } from '../catalogue/offers/sale-status.rules.ts';
import { connectorOf, openAccess } from '../catalogue/suppliers/supplier-access.ts';
import { askSupplier } from '../connectors/call.ts';
import type { NumberQuestion } from '../connectors/connector.ts';
import type { Context } from '../context.ts';
import { addLookupCost, countLookup, findLookup, type KeptLookup, keepLookup } from './lookups.store.ts';

/** How long what a supplier has said is remembered: people take their numbers along to other networks. */
const FRESH_FOR_MS = 24 * 3_600_000;
/** So many numbers a distributor may have asked for in a day. */
const MOST_A_DAY = 1_000;
const OFFERS_AT_ONCE = 1_000;

interface Asker {
  distributor_id: string;
  world: 'live' | 'sandbox';
}

/** A number, and the offers that recharge its country. */
interface Fitting {
  line: NumberQuestion['line'];
  country: string;
  offers: KnownOffer[];
}

/** Tells whose network a number is in, as far as a supplier tells it, and which of the distributor's offers fit. */
export async function lookUpNumber(ctx: Context, asker: Asker, written: string): Promise<NumberLookup | Refusal> {
  const fitting = await findFitting(ctx, asker.distributor_id, written);
  if ('reason' in fitting) return fitting;
  const { line, country, offers } = fitting;
  const suppliers = new Map(offers.map(({ supplier }) => [supplier.id, supplier]));
  const asked = [...suppliers.values()].find((each) => connectorOf(ctx, asker.world, each)?.lookupNumber);
  const found = asked ? await askFor(ctx, asker, asked, { line, country }) : 'not_supported';
  const networks = typeof found === 'string' ? [] : found.networks;
  // The ids of networks are the supplier's own.
  const isIn = ({ supplier, product }: KnownOffer): boolean | null => {
    const sure = networks.filter(({ identified }) => identified);
    if (supplier.id !== asked?.id || product.network_id === null || sure.length === 0) return null;
    return sure.some(({ id }) => id === product.network_id);
  };
  return {
    msisdn: line.e164,
    country,
    kind: 'mobile',
    networks: networks.map(({ name, identified }) => ({ name, identified })),
    ...(typeof found === 'string' ? { not_known: found } : { networks_date: wireDate(found.at) }),
    offers: offers
      .filter((offer) => isIn(offer) !== false)
      .map((offer) => ({
        id: offer.id,
        name: offer.name,
        ...(offer.product.network_name !== null && { network: offer.product.network_name }),
        is_certain: isIn(offer) === true,
      }))
      .toSorted((a, b) => Number(b.is_certain) - Number(a.is_certain)),
  };
}

/** Finds the offers that a number may be recharged with; refused where it is of no country of theirs, or of several. */
async function findFitting(ctx: Context, distributor_id: string, written: string): Promise<Fitting | Refusal> {
  const fitting = new Map<string, Fitting>();
  for (let offset = 0; ; offset += OFFERS_AT_ONCE) {
    const page = await ctx.store.catalogue.offers(distributor_id, { offset, limit: OFFERS_AT_ONCE });
    for (const offer of page) {
      const { product, supplier } = offer;
      if (product.line_kind !== 'msisdn' || saleStatus(offer, product.status, ctx.now()) !== 'available') continue;
      const country = product.line_country ?? supplier.country;
      const number = readNumber(written, country);
      if (!number.ok) continue;
      const { e164, national } = number;
      const known = fitting.get(e164) ?? { line: { kind: 'msisdn' as const, e164, national }, country, offers: [] };
      known.offers.push(offer);
      fitting.set(e164, known);
    }
    if (page.length < OFFERS_AT_ONCE) break;
  }
  const [one, ...others] = fitting.values();
  if (one && others.length === 0) return one;
  // Which of several it is, only its calling code tells.
  return refuse('bad_parameter', { line_fault: { fault: one ? 'other_country' : 'not_a_number' } });
}

/** Asks a supplier whose network a number is in, unless that is remembered or too much was asked for; or says why not. */
async function askFor(
  ctx: Context,
  { distributor_id, world }: Asker,
  supplier: KnownOffer['supplier'],
  question: Omit<NumberQuestion, 'supplier'>,
): Promise<KeptLookup | NonNullable<NumberLookup['not_known']>> {
  const { db } = ctx.store;
  const at = ctx.now();
  const since = new Date(at.getTime() - FRESH_FOR_MS);
  const lookup = connectorOf(ctx, world, supplier)?.lookupNumber;
  if (!lookup) return 'not_supported';
  // Without a key nothing is remembered: whoever has the database could find the numbers out.
  const key = ctx.seal && { supplier_id: supplier.id, world, number_digest: ctx.seal.digest(question.line.e164) };
  const known = key && (await findLookup(db, key, since));
  if (known) return known;
  if (!(await countLookup(db, distributor_id, at, MOST_A_DAY))) return 'limit_reached';
  const access = openAccess(ctx, supplier);
  if (!access) return 'supplier_silent';
  const ask = (signal: AbortSignal) => lookup({ ...question, supplier: access }, signal);
  const answer = await askSupplier(ask, ctx.supplier_deadline_ms, ctx.stopping);
  if (answer.outcome === 'unknown') return 'supplier_silent';
  if (answer.outcome === 'not_supported') return 'not_supported';
  const { networks, cost } = answer.outcome === 'answered' ? answer.answer : { networks: [], cost: undefined };
  if (cost) await addLookupCost(db, distributor_id, at, cost);
  if (key) await keepLookup(db, key, { networks, at }, since);
  return { networks, at };
}
