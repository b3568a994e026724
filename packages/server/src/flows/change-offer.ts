import { type OfferChange, type Refusal, refuse } from '@opentopup/contract';
import { difference } from '../domain/difference.ts';
import { type AuditEntry, noteChanges } from '../store/audit.ts';
import type { Query } from '../store/db.ts';
import { lockOffers, type OfferUpdate, updateOffers } from '../store/offers.ts';
import { findOfferDetail, type OfferDetail } from '../store/queries/operator/offers.ts';
import { keptFields, type OfferFields, toldFields } from './check-offer.ts';
import type { Flow } from './flow.ts';

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
  const updates: { offer: OfferUpdate; entry: AuditEntry }[] = changes.flatMap(({ before, fields }) => {
    const differing = difference<OfferFields>(before, fields);
    if (!differing) return [];
    const was = toldFields(differing.was, before.currency);
    const now = toldFields(differing.now, before.currency);
    const { id: subject, distributor_id } = before;
    const entry = { at, actor, action: 'offer.changed', subject, distributor_id, details: { was, now } };
    return [{ offer: { ...before, ...fields, fields: Object.keys(now) }, entry }];
  });
  const isRepriced = ({ fields }: OfferUpdate): boolean => fields.includes('name') || fields.includes('resell_value');
  const offers = updates.map(({ offer }) => offer);
  await updateOffers(tx, offers.filter(isRepriced), at, { repriced: true });
  const others = offers.filter((offer) => !isRepriced(offer));
  await updateOffers(tx, others, at, { repriced: false });
  await noteChanges(
    tx,
    updates.map(({ entry }) => entry),
  );
}
