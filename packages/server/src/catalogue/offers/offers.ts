import {
  type OfferChange,
  type OfferCreation,
  type OfferTerms,
  type Refusal,
  refuse,
  wireDate,
} from '@opentopup/contract';
import { type AuditNote, noteChange, noteChanges } from '../../audit/audit.store.ts';
import type { Context } from '../../context.ts';
import type { Query } from '../../database/database.ts';
import { knownDistributors } from '../../distributors/distributors.query.ts';
import { writeEvents } from '../../outbox/outbox.store.ts';
import { difference } from '../../values/difference.ts';
import { amountOf } from '../../values/money.ts';
import { findExchangeRates } from '../currencies.query.ts';
import type { KnownRates } from '../exchange.rules.ts';
import { currenciesOf } from '../products/products.query.ts';
import { checkOffer, keptFields, type OfferFields, wireFields } from './check-offer.ts';
import { findOfferDetail, type OfferDetail } from './offer-details.query.ts';
import { addOffer, lockOffers, type NewOffer, stopOffers, updateOffers } from './offers.store.ts';
import { wirePrice } from './offers.wire.ts';
import { costIn } from './route.rules.ts';
import { saleStatus } from './sale-status.rules.ts';

/** Offers a product to a distributor. Its bucket is empty until the first grant. */
export function createOffer(ctx: Context, creation: OfferCreation, actor: string): Promise<OfferDetail | Refusal> {
  return ctx.store.db.transaction(async (tx) => {
    const distributors = await knownDistributors(tx, [creation.distributor_id]);
    const offer = checkOffer(creation, distributors, await currenciesOf(tx, [creation.product_id]));
    if (Array.isArray(offer)) return offer[0] as Refusal;
    if (!(await addOffer(tx, offer))) return refuse('id_taken', { field: 'id' });
    await noteChange(tx, offerCreated(offer, creation, actor, ctx.now()));
    return (await findOfferDetail(tx, offer.id)) as OfferDetail;
  });
}

/** Describes a new offer for the audit trail, as it was given. */
export function offerCreated(
  { id: subject, distributor_id }: NewOffer,
  creation: OfferCreation,
  actor: string,
  at: Date,
): AuditNote {
  const { id: _, ...after } = creation;
  return { at, actor, action: 'offer.created', subject, distributor_id, details: { after } };
}

/** A change of an offer that is locked. */
export interface OfferUpdate {
  before: OfferDetail;
  fields: Partial<OfferFields>;
}

/** Changes an offer's name, price, tags or end, or puts it back on sale. Sales already made keep what they were sold at. */
export function changeOffer(
  ctx: Context,
  id: string,
  change: OfferChange,
  actor: string,
): Promise<OfferDetail | Refusal> {
  return ctx.store.db.transaction(async (tx) => {
    const [before] = await lockOffers(tx, [id]);
    if (!before) return refuse('not_found', { detail: `offer ${id} not found` });
    const fields = keptFields(change, before.currency);
    if (Array.isArray(fields)) return fields[0] as Refusal;
    await writeOfferChanges(ctx, tx, [{ before, fields }], actor);
    return (await findOfferDetail(tx, id)) as OfferDetail;
  });
}

/** Tells whether a change gives a price to an offer that was stopped for its price. */
const isPriced = ({ before, fields: { resell_value_minor, stopped } }: OfferUpdate): boolean =>
  stopped === undefined && resell_value_minor !== undefined && before.stopped === 'price_changed';

/** Puts an offer back on sale that was stopped for its price, once its price covers what the supplier charges. */
function resumed(update: OfferUpdate, rates: KnownRates, at: Date): Partial<OfferFields> {
  const { before, fields } = update;
  if (!isPriced(update)) return fields;
  const charged = costIn(before, before.currency, rates, at);
  const covers = charged !== null && amountOf(fields.resell_value_minor ?? 0, before.currency) >= charged;
  return covers ? { ...fields, stopped: null } : fields;
}

/** Writes what differs, of offers that are locked: in one step, however many they are. */
export async function writeOfferChanges(
  ctx: Context,
  tx: Query,
  changes: readonly OfferUpdate[],
  actor: string,
): Promise<void> {
  const at = ctx.now();
  const rates: KnownRates = changes.some(isPriced) ? await findExchangeRates(tx) : new Map();
  const updates = changes.flatMap((change) => {
    const { before } = change;
    const fields = resumed(change, rates, at);
    const differing = difference<OfferFields>(before, fields);
    if (!differing) return [];
    const details = {
      before: wireFields(differing.before, before.currency),
      after: wireFields(differing.after, before.currency),
    };
    const { id: subject, distributor_id } = before;
    const entry: AuditNote = { at, actor, action: 'offer.changed', subject, distributor_id, details };
    const changed = Object.keys(differing.after);
    return [{ offer: { ...before, ...fields }, changed, entry }];
  });
  const those = (of: (changed: string[]) => boolean): (NewOffer & OfferDetail)[] =>
    updates.filter(({ changed }) => of(changed)).map(({ offer }) => offer);
  const isRepriced = (changed: string[]): boolean => changed.includes('name') || changed.includes('resell_value_minor');
  for (const repriced of [true, false]) {
    const offers = those((changed) => isRepriced(changed) === repriced);
    if (offers.length > 0) await updateOffers(tx, offers, at, { repriced });
  }
  const stopped = those((changed) => changed.includes('stopped'));
  if (stopped.length > 0) await stopOffers(tx, stopped, at);
  // Of an offer with a route, what has become of its own product changes nothing that is told.
  const seen = updates.filter(
    ({ offer, changed }) => offer.route_id === null || changed.some((of) => of !== 'stopped'),
  );
  await tellOffersChanged(
    tx,
    seen.map(({ offer }) => offer.id),
    at,
  );
  await noteChanges(
    tx,
    updates.map(({ entry }) => entry),
  );
}

function termsOf(offer: OfferDetail, at: Date): OfferTerms {
  const { id, version, name, currency, tags, expires_at } = offer;
  return {
    offer_id: id,
    version,
    name,
    ...wirePrice(offer, currency),
    currency,
    tags,
    ...(expires_at && { expiration_date: wireDate(expires_at) }),
    status: saleStatus(offer, offer.product_status, at),
  };
}

/** Says that offers were changed, in the database transaction that has changed them. */
export async function tellOffersChanged(tx: Query, ids: readonly string[], at: Date): Promise<void> {
  const offers = await lockOffers(tx, ids);
  await writeEvents(
    tx,
    offers.map((offer) => ({
      distributor_id: offer.distributor_id,
      kind: 'offer.changed',
      subject_id: offer.id,
      at,
      data: termsOf(offer, at),
    })),
  );
}
