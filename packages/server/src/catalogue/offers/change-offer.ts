import { type OfferChange, type Refusal, refuse } from '@opentopup/contract';
import { type AuditNote, noteChanges } from '../../audit/audit.store.ts';
import type { Context } from '../../context.ts';
import type { Query } from '../../database/database.ts';
import { difference } from '../../values/difference.ts';
import { amountOf } from '../../values/money.ts';
import { keptFields, type OfferFields, toldFields } from './check-offer.ts';
import { findOfferDetail, type OfferDetail } from './offer-details.query.ts';
import { lockOffers, type NewOffer, stopOffers, updateOffers } from './offers.store.ts';
import { tellOffersChanged } from './tell-offers-changed.ts';

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

/** A price that covers what the supplier charges puts an offer back on sale that was stopped for its price. */
function resumed({ before, fields }: OfferUpdate): Partial<OfferFields> {
  const { resell_value_minor, stopped } = fields;
  if (stopped !== undefined || resell_value_minor === undefined || before.stopped !== 'price_changed') return fields;
  const covers = before.cost !== null && amountOf(resell_value_minor, before.currency) >= before.cost;
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
  const updates = changes.flatMap((change) => {
    const { before } = change;
    const fields = resumed(change);
    const differing = difference<OfferFields>(before, fields);
    if (!differing) return [];
    const details = {
      before: toldFields(differing.before, before.currency),
      after: toldFields(differing.after, before.currency),
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
  await tellOffersChanged(
    tx,
    updates.map(({ offer }) => offer.id),
    at,
  );
  await noteChanges(
    tx,
    updates.map(({ entry }) => entry),
  );
}
