import Type from 'typebox';
import { Value } from 'typebox/value';
import { SupplierFault } from '../call.ts';
import type { NumberNetworks, NumberQuestion, SupplierAccess, SupplierAnswer, SupplierBalance } from '../connector.ts';
import type { Sent } from '../http-transport.ts';
import { askDtone } from './ask.ts';
import { dtoneSettings } from './settings.ts';

const Balances = Type.Array(
  Type.Object({
    unit: Type.String(),
    unit_type: Type.String(),
    available: Type.Number(),
    holding: Type.Number(),
    credit_limit: Type.Number(),
  }),
);
const Operators = Type.Array(Type.Object({ id: Type.Integer(), name: Type.String(), identified: Type.Boolean() }));
const LINE_INVALID = Type.Object({
  errors: Type.Array(Type.Object({ code: Type.Literal(1005003) }), { minItems: 1 }),
});

/** Tells why a question has no answer. */
const causeOf = (sent: Sent): string =>
  sent.sent === 'answered' ? `it was answered ${sent.status}` : `it could not be asked: ${sent.why}`;

/** Asks for the money of the account. */
export async function askDtoneBalance(supplier: SupplierAccess, signal: AbortSignal): Promise<SupplierBalance> {
  const sent = await askDtone(supplier, { method: 'GET', path: '/balances?per_page=100', signal });
  if (sent.sent !== 'answered' || sent.status !== 200 || !Value.Check(Balances, sent.body)) {
    throw new SupplierFault(causeOf(sent));
  }
  const { currency } = dtoneSettings(supplier);
  const meant = sent.body.filter(({ unit, unit_type }) => unit_type === 'CURRENCY' && unit === (currency ?? unit));
  const [balance, ...others] = meant;
  if (!balance) throw new SupplierFault(currency === null ? 'it has no balance' : `it has no balance in ${currency}`);
  if (others.length > 0)
    throw new SupplierFault('it has several balances, and settings.currency does not say which counts');
  const { available, holding: held, credit_limit, unit } = balance;
  return { available, held, credit_limit, currency: unit };
}

/** Asks in which network a number is. */
export async function askDtoneNumber(
  { line, supplier }: NumberQuestion,
  signal: AbortSignal,
): Promise<SupplierAnswer<NumberNetworks>> {
  const body = { mobile_number: line.e164, per_page: 100 };
  const sent = await askDtone(supplier, { method: 'POST', path: '/lookup/mobile-number', body, signal });
  if (sent.sent === 'answered' && sent.status === 400 && Value.Check(LINE_INVALID, sent.body)) {
    return { outcome: 'sim_unknown' };
  }
  if (sent.sent !== 'answered' || sent.status !== 200 || !Value.Check(Operators, sent.body)) {
    return { outcome: 'unknown', cause: causeOf(sent) };
  }
  const networks = sent.body.map(({ id, name, identified }) => ({ id: String(id), name, identified }));
  return { outcome: 'answered', answer: { networks } };
}
