import type { SupplierAccess, SupplierProduct } from '../connector.ts';
import { type DingProductEntry, DingProductsAnswer, type DingProvider, DingProvidersAnswer } from './answers.ts';
import { ofProviders, readDing } from './api.ts';
import { dingCharge } from './outcomes.ts';
import { DING_NO_LINE, dingAccount } from './settings.ts';

/** Its list of products has no pages; that of so many of its providers is not too long to be read. */
const PROVIDERS_AT_ONCE = 10;

/** What is worth something on a mobile line. */
const MOBILE = new Set(['Mobile', 'Minutes', 'Data']);

/** Tells whether a product can be sold knowing nothing but a number: no bills, and nothing else to fill in. */
const isSold = ({
  Benefits,
  LookupBillsRequired,
  RedemptionMechanism,
  SettingDefinitions,
}: DingProductEntry): boolean =>
  Benefits.some((each) => MOBILE.has(each)) &&
  LookupBillsRequired !== true &&
  RedemptionMechanism !== 'ReadAdditionalInformation' &&
  !SettingDefinitions.some(({ IsMandatory }) => IsMandatory);

function kindOf({ Benefits }: DingProductEntry): SupplierProduct['transaction_type'] {
  if (!Benefits.includes('Data')) return 'airtime topup';
  return Benefits.includes('Minutes') ? 'bundle topup' : 'data topup';
}

function productOf(product: DingProductEntry, { ProviderCode, CountryIso, Name }: DingProvider): SupplierProduct {
  const { SkuCode, Minimum, Maximum, DefaultDisplayText, UatNumber } = product;
  const currency = Minimum.SendCurrencyIso;
  const common: Omit<SupplierProduct, 'cost'> = {
    supplier_reference: SkuCode,
    name: `${Name} ${DefaultDisplayText}`.trim(),
    type: 'topup',
    transaction_type: kindOf(product),
    line_kind: 'msisdn',
    coverage_zone: [CountryIso],
    tags: [],
    currency,
    bonus_value: 0,
    metadata: {},
    line_country: CountryIso,
    network: { id: ProviderCode, name: Name },
  };
  const settings = { sku_code: SkuCode, ...(UatNumber === DING_NO_LINE && { has_line: false }) };
  const charged = dingCharge(Minimum);
  if (Minimum.SendValue === Maximum.SendValue) {
    const denomination = { amount: Minimum.ReceiveValue, currency: Minimum.ReceiveCurrencyIso };
    return {
      ...common,
      cost: charged,
      ...(denomination.amount > 0 && { denomination }),
      settings: { ...settings, amount: Minimum.SendValue, currency },
    };
  }
  const range = { min: Minimum.SendValue, max: Maximum.SendValue, currency };
  return { ...common, cost: charged / Minimum.SendValue, range, settings };
}

/** Lists what it sells now, some providers at a time. */
export async function* readDingProducts(
  supplier: SupplierAccess,
  signal: AbortSignal,
): AsyncGenerator<SupplierProduct[]> {
  const account = dingAccount(supplier);
  const { Items: providers } = await readDing(account, 'GetProviders', DingProvidersAnswer, signal);
  const byCode = new Map(providers.map((provider) => [provider.ProviderCode, provider]));
  const codes = [...byCode.keys()];
  for (let at = 0; at < codes.length; at += PROVIDERS_AT_ONCE) {
    const some = ofProviders(codes.slice(at, at + PROVIDERS_AT_ONCE));
    const { Items } = await readDing(account, `GetProducts?${some}`, DingProductsAnswer, signal);
    const sold = Items.filter(isSold).flatMap((product) => {
      const provider = byCode.get(product.ProviderCode);
      return provider ? [productOf(product, provider)] : [];
    });
    if (sold.length > 0) yield sold;
  }
}
