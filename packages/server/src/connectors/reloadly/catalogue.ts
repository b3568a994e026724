import type { SupplierAccess, SupplierProduct } from '../connector.ts';
import { type OperatorEntry, OperatorPage } from './answers.ts';
import type { ReloadlyApi } from './api.ts';
import { readReloadlyPages } from './pages.ts';

const PATH = '/operators?includeBundles=true&includeData=true&includePin=true&';

/** It charges with so many decimals. */
const rounded = (amount: number): number => Math.round(amount * 1e5) / 1e5;

/**
 * Tells what is charged, in the currency of the account: orders in the currency of the line have a discount and fees of
 * their own. Where there is a fee in percent, the discount is not given.
 */
function costOf(
  { fx, fees, internationalDiscount, localDiscount }: OperatorEntry,
  amount: number,
  isLocal: boolean,
): number {
  const base = isLocal ? amount / fx.rate : amount;
  const percentage = (isLocal ? fees?.localPercentage : fees?.internationalPercentage) ?? 0;
  const flat = ((isLocal ? fees?.local : fees?.international) ?? 0) / (isLocal ? fx.rate : 1);
  const discount = percentage > 0 ? 0 : isLocal ? localDiscount : internationalDiscount;
  return rounded(base * (1 - discount / 100 + percentage / 100) + flat);
}

function kindOf({ bundle, data }: OperatorEntry): SupplierProduct['transaction_type'] {
  if (bundle) return 'bundle topup';
  return data ? 'data topup' : 'airtime topup';
}

/** Lists what can be ordered of an operator: its amounts one by one, or the range of them. */
function productsOf(operator: OperatorEntry): SupplierProduct[] {
  const { operatorId, country, senderCurrencyCode, destinationCurrencyCode } = operator;
  const common: Omit<SupplierProduct, 'supplier_reference' | 'name' | 'cost'> = {
    type: 'topup',
    transaction_type: kindOf(operator),
    line_kind: 'msisdn',
    coverage_zone: [country.isoName],
    tags: [],
    currency: senderCurrencyCode,
    bonus_value: 0,
    metadata: { ...(operator.pin && { pin: true }) },
    line_country: country.isoName,
    network: { id: String(operatorId), name: operator.name },
  };
  const order = { operator_id: operatorId, country: country.isoName };

  if (operator.denominationType === 'RANGE') {
    const is_local = operator.supportsLocalAmounts;
    const [min, max] = is_local
      ? [operator.localMinAmount, operator.localMaxAmount]
      : [operator.minAmount, operator.maxAmount];
    if (typeof min !== 'number' || typeof max !== 'number') return [];
    const currency = is_local ? destinationCurrencyCode : senderCurrencyCode;
    return [
      {
        ...common,
        supplier_reference: `${operatorId}`,
        name: operator.name,
        cost: costOf(operator, 1, is_local),
        range: { min, max, currency },
        settings: { ...order, is_local },
      },
    ];
  }
  const local = operator.localFixedAmounts ?? [];
  return (operator.fixedAmounts ?? []).map((amount, i) => {
    // Both lists are of the same plans, in the same order.
    const gets = local[i];
    const denomination =
      gets === undefined ? {} : { denomination: { amount: gets, currency: destinationCurrencyCode } };
    return {
      ...common,
      ...denomination,
      supplier_reference: `${operatorId}:${amount}`,
      name: `${operator.name} ${gets ?? amount} ${gets === undefined ? senderCurrencyCode : destinationCurrencyCode}`,
      cost: costOf(operator, amount, false),
      settings: { ...order, amount, currency: senderCurrencyCode, is_local: false },
    };
  });
}

/** Lists what it sells now, page by page. */
export async function* readReloadlyProducts(
  api: ReloadlyApi,
  supplier: SupplierAccess,
  signal: AbortSignal,
): AsyncGenerator<SupplierProduct[]> {
  for await (const page of readReloadlyPages<OperatorEntry>(api, supplier, PATH, OperatorPage, signal)) {
    yield page.flatMap(productsOf);
  }
}
