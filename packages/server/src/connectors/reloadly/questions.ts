import { Value } from 'typebox/value';
import { SupplierFault } from '../call.ts';
import type { NumberNetworks, NumberQuestion, SupplierAccess, SupplierAnswer, SupplierBalance } from '../connector.ts';
import { BalanceAnswer, DetectedOperator, RefusedAnswer } from './answers.ts';
import type { ReloadlyApi } from './api.ts';
import { reloadlyAccount } from './settings.ts';

/** Reads what is left on the account. */
export async function readReloadlyBalance(
  api: ReloadlyApi,
  supplier: SupplierAccess,
  signal: AbortSignal,
): Promise<SupplierBalance> {
  const sent = await api.ask(reloadlyAccount(supplier), '/accounts/balance', { signal });
  if (sent.sent !== 'answered') throw new SupplierFault(sent.why);
  if (sent.status !== 200 || !Value.Check(BalanceAnswer, sent.body)) {
    throw new SupplierFault(`its answer of ${sent.status} makes no sense`);
  }
  return { available: sent.body.balance, currency: sent.body.currencyCode };
}

/** Its words for a number of which it knows no network. */
const NO_NETWORK = new Set(['COULD_NOT_AUTO_DETECT_OPERATOR', 'COUNTRY_NOT_SUPPORTED']);

/** Asks in which network a line is. It goes by the first digits, so of a number that was ported it may be wrong. */
export async function findReloadlyNetwork(
  api: ReloadlyApi,
  { line, country, supplier }: NumberQuestion,
  signal: AbortSignal,
): Promise<SupplierAnswer<NumberNetworks>> {
  const path = `/operators/auto-detect/phone/${line.e164.slice(1)}/countries/${encodeURIComponent(country)}`;
  const sent = await api.ask(reloadlyAccount(supplier), path, { signal });
  if (sent.sent !== 'answered') return { outcome: 'unknown', cause: sent.why };
  const { status, body } = sent;
  if (status === 200 && Value.Check(DetectedOperator, body)) {
    const network = { id: String(body.operatorId), name: body.name, identified: false };
    return { outcome: 'answered', answer: { networks: [network] } };
  }
  if (Value.Check(RefusedAnswer, body) && NO_NETWORK.has(body.errorCode ?? '')) {
    return { outcome: 'answered', answer: { networks: [] } };
  }
  return { outcome: 'unknown', cause: `its answer of ${status} makes no sense` };
}
