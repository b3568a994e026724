import { type OfferChange, type Refusal, refuse } from '@opentopup/contract';
import { difference } from '../domain/difference.ts';
import { type AuditNote, noteChanges } from '../store/audit.ts';
import type { Query } from '../store/db.ts';
import { lockOffers, type NewOffer, updateOffers } from '../store/offers.ts';
import { findOfferDetail, type OfferDetail } from '../store/queries/operator/offers.ts';
import { keptFields, type OfferFields, toldFields } from './check-offer.ts';
import type { Flow } from './flow.ts';
import { tellOffersChanged } from './tell-offers-changed.ts';

/** Changes an offer's name, price, tags or end. Sales already made keep what they were sold at. */
export function changeOffer(
  flow: Flow,
  id: string,
  change: OfferChange,
  actor: string,
): Promise<OfferDetail | Refusal> {
  return flow.store.db.transaction(async (tx) => {
    const [before] = await lockOffers(tx, [id]);
    if (!before) return refuse('not_found', { detail: `offer ${id} not found` });
    const fields = keptFields(change, before.currency);
    if (Array.isArray(fields)) return fields[0] as Refusal;
    await writeOfferChanges(flow, tx, [{ before, fields }], actor);
    return (await findOfferDetail(tx, id)) as OfferDetail;
  });
}

/** Writes what differs, of offers that are locked: in one step, however many they are. */
export async function writeOfferChanges(
  flow: Flow,
  tx: Query,
  changes: readonly { before: OfferDetail; fields: Partial<OfferFields> }[],
  actor: string,
): Promise<void> {
  const at = flow.now();
  const updates: { offer: NewOffer; repriced: boolean; entry: AuditNote }[] = changes.flatMap(({ before, fields }) => {
    const differing = difference<OfferFields>(before, fields);
    if (!differing) return [];
    const details = {
      before: toldFields(differing.before, before.currency),
      after: toldFields(differing.after, before.currency),
    };
    const { id: subject, distributor_id } = before;
    const entry = { at, actor, action: 'offer.changed', subject, distributor_id, details };
    const repriced = 'name' in differing.after || 'resell_value_minor' in differing.after;
    return [{ offer: { ...before, ...fields }, repriced, entry }];
  });
  for (const repriced of [true, false]) {
    const offers = updates.filter((update) => update.repriced === repriced).map(({ offer }) => offer);
    if (offers.length > 0) await updateOffers(tx, offers, at, { repriced });
  }
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
