import { Value } from 'typebox/value';
import type { NumberNetworks, NumberQuestion, SupplierAccess, SupplierAnswer, SupplierBalance } from '../connector.ts';
import { DingBalance, DingNumberAnswer, DingProvidersAnswer } from './answers.ts';
import { callDing, ofProviders, readDing } from './api.ts';
import { DING_RESULTS } from './meanings.ts';
import { dingAccount } from './settings.ts';

/** Reads what is left on the account. */
export async function readDingBalance(supplier: SupplierAccess, signal: AbortSignal): Promise<SupplierBalance> {
  const { Balance, CurrencyIso } = await readDing(dingAccount(supplier), 'GetBalance', DingBalance, signal);
  return { available: Balance, currency: CurrencyIso };
}

/** Asks in which network a line is. It goes by how numbers are written: several fit, or of one that was ported the wrong one. */
export async function findDingNetworks(
  { line, supplier }: NumberQuestion,
  signal: AbortSignal,
): Promise<SupplierAnswer<NumberNetworks>> {
  const account = dingAccount(supplier);
  const sent = await callDing(account, `GetAccountLookup?accountNumber=${line.e164.slice(1)}`, { signal });
  if (sent.sent !== 'answered') return { outcome: 'unknown', cause: sent.why };
  if (!Value.Check(DingNumberAnswer, sent.body)) {
    return { outcome: 'unknown', cause: `its answer of ${sent.status} makes no sense` };
  }
  const { ResultCode, Items, ErrorCodes } = sent.body;
  if (ErrorCodes.some(({ Code }) => Code === 'AccountNumberInvalid')) return { outcome: 'sim_unknown' };
  if (ResultCode !== DING_RESULTS.done && ResultCode !== DING_RESULTS.nearestMatch) {
    return { outcome: 'unknown', cause: `it was answered ${ResultCode}` };
  }
  const codes = [...new Set(Items.map(({ ProviderCode }) => ProviderCode))];
  if (codes.length === 0) return { outcome: 'answered', answer: { networks: [] } };
  const { Items: providers } = await readDing(
    account,
    `GetProviders?${ofProviders(codes)}`,
    DingProvidersAnswer,
    signal,
  );
  const nameOf = (code: string): string => providers.find(({ ProviderCode }) => ProviderCode === code)?.Name ?? code;
  const networks = codes.map((id) => ({ id, name: nameOf(id), identified: false }));
  return { outcome: 'answered', answer: { networks } };
}
