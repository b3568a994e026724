import { type Refusal, refuse } from '@opentopup/contract';
import { noteChange } from '../audit/audit.store.ts';
import type { Context } from '../context.ts';
import type { Query } from '../database/database.ts';
import { dateOf } from '../database/ids.ts';
import { holdUnits } from '../sales/hold.store.ts';
import { resolveTransactions } from '../sales/resolve.store.ts';
import { FORGOTTEN } from '../values/line.ts';
import { minorDigits } from '../values/money.ts';
import { bookedBy } from './booked-delivery.ts';
import type { CaseRow } from './cases.query.ts';
import { lockLostSale } from './cases.store.ts';
import { findBookedBy, findFittingOffers, findKnownSale, type OfferOfLostSale } from './lost-sales.query.ts';
import { listValueCurrencies } from './staging.store.ts';

/** Finds which offers lost sales may be of. */
export async function fittingOffers(on: Query, caseIds: readonly string[]): Promise<OfferOfLostSale[]> {
  if (caseIds.length === 0) return [];
  const digits = (await listValueCurrencies(on)).map((currency) => [currency, minorDigits(currency)]);
  return findFittingOffers(on, caseIds, Object.fromEntries(digits));
}

/**
 * Books a sale that the supplier has delivered under our reference and that is not known here any more: its unit is held and sold,
 * under its own id, as of when it was made, in one commit. By itself only where one offer fits; else somebody names it.
 */
export async function bookLostSale(
  ctx: Context,
  found: CaseRow & { transaction_id: string },
  offerId: string | undefined,
  actor: string,
): Promise<'done' | Refusal> {
  const { transaction_id: id, theirs, attempt } = found;
  const fitting = await fittingOffers(ctx.store.db, [found.id]);
  const offer = offerId === undefined ? fitting[0] : fitting.find((each) => each.offer_id === offerId);
  const several = new Set(fitting.map((each) => each.offer_id)).size > 1;
  if (!offer || (offerId === undefined && several)) {
    const detail = offer ? 'several offers fit: name one' : 'no offer fits';
    return refuse('end_not_possible', { detail });
  }
  return ctx.store.db
    .transaction(async (tx): Promise<'done' | Refusal> => {
      await lockLostSale(tx, id);
      const known = await findKnownSale(tx, id);
      if (known) return bookedBy(known, found);
      const { distributor_id, offer_id, product_id } = offer;
      const by = await findBookedBy(tx, offer_id, dateOf(id));
      if (!by) throw new Error('an offer has no version');
      const request = { id, distributor_id, offer_id, line: lineOf(found, offer), ...by };
      const [held] = await holdUnits(tx, [{ ...request, user_id: null, voucher_id: null, idempotency: null }]);
      if (held?.result === 'empty') return refuse('bucket_empty', { offer_id });
      if (held?.result !== 'held') return refuse('service_unavailable', { detail: 'the catalogue has just changed' });
      const at = ctx.now();
      const { supplier_reference = null, cost, cost_currency } = theirs ?? { at: '' };
      const paid = cost !== undefined && cost_currency !== undefined ? { cost, cost_currency } : {};
      const ended = { status: 'ok', reason: null, message: null, supplier_reference, ...paid } as const;
      const number = attempt === 1 ? null : attempt;
      const key = { distributor_id, transaction_id: id };
      const [settled] = await resolveTransactions(tx, [{ ...key, ...ended, product_id, attempt: number, at }]);
      // Then the unit must not be held either.
      if (!settled?.settled) throw new LacksProfile();
      const details = { offer_id, case_id: found.id, supplier_reference };
      await noteChange(tx, { at, actor, action: 'transaction.recovered', subject: id, distributor_id, details });
      return 'done';
    })
    .catch((error: unknown) => {
      if (error instanceof LacksProfile) return refuse('missing_profile');
      throw error;
    });
}

/** An eSIM that is lost cannot be booked: nobody has its profile. */
class LacksProfile extends Error {
  override readonly name = 'LacksProfile';
}

/** Gives the line as it is kept; null for an eSIM. */
function lineOf({ line }: CaseRow, { line_kind }: OfferOfLostSale): string | null {
  if (line_kind === null) return null;
  const digits = line?.replaceAll(/\D/g, '') ?? '';
  if (digits === '') return FORGOTTEN;
  return line_kind === 'msisdn' ? `+${digits}` : digits;
}
