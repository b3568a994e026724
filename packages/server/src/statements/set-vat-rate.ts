import { type Refusal, refuse, type VatRateCreation } from '@opentopup/contract';
import { noteChange } from '../audit/audit.store.ts';
import type { Context } from '../context.ts';
import { isOfPeriod } from '../values/instants.ts';
import { VAT_PLACES } from './figures.rules.ts';
import type { VatRateRow } from './vat-rates.query.ts';
import { saveVatRate } from './vat-rates.store.ts';

const DIGITS = new RegExp(String.raw`^\d{1,3}(\.\d{1,${VAT_PLACES}})?$`);
const SECOND_MS = 1_000;

/** Sets the VAT of a product, from now or from later on: sales keep the rate of their order. */
export function setVatRate(
  ctx: Context,
  productId: string,
  { rate, included = true, since }: VatRateCreation,
  actor: string,
): Promise<VatRateRow | Refusal> {
  return ctx.store.db.transaction(async (tx) => {
    const invalid = (field: string, detail: string): Refusal => refuse('invalid_body_field', { field, detail });
    if (rate !== null && !DIGITS.test(String(rate))) return invalid('rate', `${VAT_PLACES} decimals at most`);
    const now = ctx.now();
    const asked = since === undefined ? now : new Date(since);
    // An instant of the wire has no fractions of seconds.
    if (!(asked.getTime() > now.getTime() - SECOND_MS) || !isOfPeriod(asked)) {
      return invalid('since', 'sales keep the rate of their order: now or later is needed');
    }
    const from = asked < now ? now : asked;
    const row = { rate: rate === null ? null : String(rate), is_included: included, since: from };
    if (!(await saveVatRate(tx, productId, row, actor))) {
      return refuse('not_found', { detail: `product ${productId} not found` });
    }
    const details = { after: { rate, included, since: from.toISOString() } };
    await noteChange(tx, { at: now, actor, action: 'vat_rate.set', subject: productId, details });
    return row;
  });
}
