import { type NumberLookup, type Refusal, refuse, wireDate } from '@opentopup/contract';
import { readNumber } from '@opentopup/contract/lines/read-number';
import type { KnownOffer } from '../catalogue/catalogue.cache.ts';
import { readAvailable } from '../catalogue/offers/offers.query.ts';
import { saleStatus } from '../catalogue/offers/sale-status.rules.ts';
import { connectorOf } from '../catalogue/suppliers/supplier-access.ts';
import type { NumberQuestion } from '../connectors/connector.ts';
import type { Context } from '../context.ts';
import { type Asker, askNetworks } from './ask-networks.ts';

const OFFERS_AT_ONCE = 1_000;

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
  const found = asked ? await askNetworks(ctx, asker, asked, { line, country }) : 'not_supported';
  const networks = typeof found === 'string' ? [] : found.networks;
  // The ids of networks are the supplier's own.
  const isIn = ({ supplier, product }: KnownOffer): boolean | null => {
    const sure = networks.filter(({ identified }) => identified);
    if (supplier.id !== asked?.id || product.network_id === null || sure.length === 0) return null;
    return sure.some(({ id }) => id === product.network_id);
  };
  const sold = offers.filter((offer) => isIn(offer) !== false && isManaged(ctx, asker.world, offer));
  const { distributor_id } = asker;
  const units = await readAvailable(
    ctx.store.db.reads,
    sold.map(({ id }) => ({ distributor_id, offer_id: id })),
  );
  return {
    msisdn: line.e164,
    country,
    kind: 'mobile',
    networks: networks.map(({ name, identified }) => ({ name, identified })),
    ...(typeof found === 'string' ? { not_known: found } : { networks_date: wireDate(found.at) }),
    offers: sold
      .map((offer, i) => ({
        id: offer.id,
        name: offer.name,
        ...(offer.product.network_name !== null && { network: offer.product.network_name }),
        is_certain: isIn(offer) === true,
        bucket: units[i]?.available ?? 0,
      }))
      .toSorted((a, b) => Number(b.bucket > 0) - Number(a.bucket > 0) || Number(b.is_certain) - Number(a.is_certain)),
  };
}

/** Tells whether anybody speaks to the supplier of an offer; of a route, that is seen when it is sold. */
const isManaged = (ctx: Context, world: Asker['world'], { supplier, route_id }: KnownOffer): boolean =>
  route_id !== null || (supplier.status === 'approved' && connectorOf(ctx, world, supplier) !== undefined);

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
