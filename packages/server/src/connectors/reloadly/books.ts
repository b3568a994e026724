import Type, { type Static } from 'typebox';
import { SupplierFault } from '../call.ts';
import type { SupplierAccess } from '../connector.ts';
import type { BooksSpan, SupplierTransaction } from '../supplier-books.ts';
import { KeptTopup } from './answers.ts';
import type { ReloadlyApi } from './api.ts';
import { TOPUP_STATES } from './meanings.ts';
import { reloadlyCost } from './outcomes.ts';
import { readReloadlyPages } from './pages.ts';

const MaybeNumber = Type.Optional(Type.Union([Type.Number(), Type.Null()]));
const MaybeText = Type.Optional(Type.Union([Type.String(), Type.Null()]));
const ReportedTopup = Type.Intersect([
  KeptTopup,
  Type.Object({
    status: Type.String(),
    transactionDate: Type.String(),
    recipientPhone: Type.Optional(Type.Union([Type.String(), Type.Number(), Type.Null()])),
    operatorId: Type.Integer(),
    deliveredAmount: MaybeNumber,
    deliveredAmountCurrencyCode: MaybeText,
  }),
]);
type ReportedTopup = Static<typeof ReportedTopup>;
const ReportPage = Type.Object({
  content: Type.Array(ReportedTopup),
  last: Type.Optional(Type.Union([Type.Boolean(), Type.Null()])),
});

/** What it gives at once where nothing is asked for. */
const REPORT_SIZE = 200;
/** It writes its times without saying in which time zone: so much more is asked for on both sides. */
const ANY_ZONE_MS = 14 * 3_600_000;

const STATES = { ok: 'delivered', ko: 'refused', unknown: 'pending' } as const;

const stateOf = (status: string): SupplierTransaction['state'] => STATES[TOPUP_STATES.get(status) ?? 'unknown'];

function transactionOf(topup: ReportedTopup): SupplierTransaction {
  const { transactionId, customIdentifier, status, transactionDate, recipientPhone } = topup;
  const { deliveredAmount, deliveredAmountCurrencyCode: currency } = topup;
  const at = new Date(`${transactionDate.replace(' ', 'T')}Z`);
  if (Number.isNaN(at.getTime())) throw new SupplierFault('it does not tell when an order was made');
  return {
    supplier_reference: String(transactionId),
    reference: customIdentifier ?? null,
    line: recipientPhone == null ? null : String(recipientPhone),
    product: String(topup.operatorId),
    ...(typeof deliveredAmount === 'number' && currency && { value: { amount: deliveredAmount, currency } }),
    ...reloadlyCost(topup),
    state: stateOf(status),
    at,
  };
}

const written = (ms: number): string => encodeURIComponent(new Date(ms).toISOString().slice(0, 19).replace('T', ' '));

/** Reads its report of a time. */
export async function* listReloadlyTransactions(
  api: ReloadlyApi,
  supplier: SupplierAccess,
  { from, before }: BooksSpan,
  signal: AbortSignal,
): AsyncGenerator<SupplierTransaction[]> {
  const [start, end] = [written(from.getTime() - ANY_ZONE_MS), written(before.getTime() + ANY_ZONE_MS)];
  const path = `/topups/reports/transactions?startDate=${start}&endDate=${end}&`;
  for await (const page of readReloadlyPages<ReportedTopup>(api, supplier, path, ReportPage, signal, REPORT_SIZE)) {
    yield page.map(transactionOf);
  }
}
