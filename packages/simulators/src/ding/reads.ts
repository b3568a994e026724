import type { VendorRequest, VendorRoute } from '../dialect.ts';
import { DING_DESCRIPTIONS, DING_DONE, dingDone, dingParameter, dingRefusal, dingResult } from './answers.ts';
import {
  accountPattern,
  DING_COUNTRIES,
  DING_CURRENCY,
  DING_PROVIDERS,
  DING_SKUS,
  type DingProviderPlayed,
  type DingSku,
  priceWire,
  uatNumberOf,
} from './catalogue.ts';

/** Whether something is asked for: the name of a parameter is repeated for each value, and none means all. */
function asks(query: URLSearchParams, name: string, value: string): boolean {
  const values = query.getAll(name);
  return values.length === 0 || values.includes(value);
}

const fits = (provider: DingProviderPlayed, number: string): boolean =>
  new RegExp(accountPattern(provider)).test(number);
/** Where no provider has such numbers, all are listed. */
function fitting(query: URLSearchParams): readonly DingProviderPlayed[] {
  const number = query.get('accountNumber') ?? '';
  const found = DING_PROVIDERS.filter((each) => fits(each, number));
  return found.length > 0 ? found : DING_PROVIDERS;
}

const providersAsked = (query: URLSearchParams): DingProviderPlayed[] =>
  fitting(query).filter(
    ({ code, country }) =>
      asks(query, 'providerCodes', code) &&
      asks(query, 'countryIsos', country.iso) &&
      asks(query, 'regionCodes', country.iso),
  );

const BENEFITS: Readonly<Record<DingSku['sells'], readonly string[]>> = {
  airtime: ['Mobile', 'Minutes'],
  data: ['Mobile', 'Data'],
  pin: ['Mobile', 'Minutes'],
  power: ['Utility', 'Electricity'],
};

const productWire = (sku: DingSku): object => ({
  ProviderCode: sku.provider.code,
  SkuCode: sku.code,
  LocalizationKey: sku.code,
  SettingDefinitions:
    sku.sells === 'power' ? [{ Name: 'MeterId', Description: 'The number of the meter', IsMandatory: true }] : [],
  Maximum: priceWire(sku, sku.most),
  Minimum: priceWire(sku, sku.least),
  CommissionRate: 0,
  ProcessingMode: 'Instant',
  RedemptionMechanism: sku.sells === 'pin' ? 'ReadReceipt' : 'Immediate',
  Benefits: BENEFITS[sku.sells],
  ...(sku.sells === 'data' && { ValidityPeriodIso: 'P30D' }),
  UatNumber: uatNumberOf(sku),
  DefaultDisplayText: sku.text,
  RegionCode: sku.provider.country.iso,
  PaymentTypes: ['Prepaid'],
  LookupBillsRequired: false,
});

const providerWire = (provider: DingProviderPlayed): object => ({
  ProviderCode: provider.code,
  CountryIso: provider.country.iso,
  Name: provider.name,
  ValidationRegex: accountPattern(provider),
  CustomerCareNumber: '100',
  RegionCodes: [provider.country.iso],
  PaymentTypes: ['Prepaid'],
  LogoUrl: `https://ding.invalid/logo/${provider.code}.png`,
});

const PROMOTION = 'double';
const promoted = DING_PROVIDERS.slice(0, 2);

const estimate: VendorRoute = ({ body }) => {
  if (!Array.isArray(body)) return dingRefusal('RequestInvalid');
  const asked = body as Record<string, unknown>[];
  const refs = asked.map(({ BatchItemRef }) => BatchItemRef);
  if (refs.some((each) => typeof each !== 'string') || new Set(refs).size < refs.length) {
    return dingRefusal('RequestInvalid');
  }
  const Items = asked.map(({ SkuCode, SendValue, ReceiveValue, BatchItemRef }) => {
    const sku = DING_SKUS.find(({ code }) => code === SkuCode);
    if (!sku) return { BatchItemRef, ...dingResult('ProductUnavailable') };
    const value = Number(SendValue) || Number(ReceiveValue) / sku.provider.country.rate;
    return { Price: priceWire(sku, value), SkuCode, BatchItemRef, ...DING_DONE };
  });
  return dingDone({ Items });
};

/** Of a number that nobody has only the country is told, if that. */
const lookUp = ({ query }: VendorRequest) => {
  const number = query.get('accountNumber') ?? '';
  const country = DING_COUNTRIES.find(({ callingCode }) => number.startsWith(callingCode));
  if (!country) return { status: 200, body: { ...dingResult('AccountNumberFailedRegex'), Items: [] } };
  const told = { CountryIso: country.iso, AccountNumberNormalized: number };
  const found = DING_PROVIDERS.filter((each) => fits(each, number));
  const Items = found.map(({ code }) => ({ ProviderCode: code, RegionCode: country.iso }));
  if (Items.length === 0) return { status: 200, body: { ...told, Items, ...dingResult('NearestMatch') } };
  return dingDone({ ...told, Items });
};

/** What can be read without changing anything. */
export const DING_READS: Readonly<Record<string, VendorRoute>> = {
  'GET /GetCountries': () =>
    dingDone({
      Items: DING_COUNTRIES.map(({ iso, name, callingCode, digits }) => ({
        CountryIso: iso,
        CountryName: name,
        InternationalDialingInformation: [
          {
            Prefix: callingCode,
            MinimumLength: digits + callingCode.length,
            MaximumLength: digits + callingCode.length,
          },
        ],
        RegionCodes: [iso],
      })),
    }),
  'GET /GetCurrencies': () => {
    const codes = [...new Set([DING_CURRENCY, ...DING_COUNTRIES.map(({ currency }) => currency)])];
    return dingDone({ Items: codes.map((code) => ({ CurrencyIso: code, CurrencyName: code })) });
  },
  'GET /GetRegions': ({ query }) => {
    const meant = DING_COUNTRIES.filter(({ iso }) => asks(query, 'countryIsos', iso));
    return dingDone({ Items: meant.map(({ iso, name }) => ({ RegionCode: iso, RegionName: name, CountryIso: iso })) });
  },
  'GET /GetErrorCodeDescriptions': () => dingDone({ Items: DING_DESCRIPTIONS }),
  'GET /GetProviders': ({ query }) => dingDone({ Items: providersAsked(query).map(providerWire) }),
  'GET /GetProviderStatus': ({ query }) => {
    const meant = DING_PROVIDERS.filter(({ code }) => asks(query, 'providerCodes', code));
    return dingDone({
      Items: meant.map(({ code }) => ({ ProviderCode: code, IsProcessingTransfers: true, Message: '' })),
    });
  },
  'GET /GetProducts': ({ query }) => {
    const providers = new Set(providersAsked(query));
    const meant = DING_SKUS.filter(({ code, provider }) => providers.has(provider) && asks(query, 'skuCodes', code));
    return dingDone({ Items: meant.map(productWire) });
  },
  'GET /GetProductDescriptions': ({ query }) => {
    const meant = DING_SKUS.filter(({ code }) => asks(query, 'skuCodes', code) && asks(query, 'languageCodes', 'en'));
    const Items = meant.map(({ code, text }) => ({
      DisplayText: text,
      DescriptionMarkdown: '',
      ReadMoreMarkdown: '',
      LocalizationKey: code,
      LanguageCode: 'en',
    }));
    return dingDone({ Items });
  },
  'GET /GetPromotions': ({ query }) => {
    const asked = new Set(providersAsked(query));
    const Items = promoted
      .filter((each) => asked.has(each))
      .map(({ code }) => ({
        ProviderCode: code,
        StartUtc: '2026-01-01T00:00:00Z',
        EndUtc: '9999-12-31T23:59:59Z',
        CurrencyIso: DING_CURRENCY,
        ValidityPeriodIso: 'P30D',
        MinimumSendAmount: 5,
        LocalizationKey: PROMOTION,
      }));
    return dingDone({ Items });
  },
  'GET /GetPromotionDescriptions': ({ query }) => {
    const told = {
      Dates: '',
      Headline: 'Double credit',
      TermsAndConditionsMarkDown: 'Twice the credit on transfers of 5 dollars or more.',
      BonusValidity: '30 days',
      PromotionType: 'Bonus',
      LocalizationKey: PROMOTION,
      LanguageCode: 'en',
      SendAmounts: [{ Minimum: 5, Maximum: 100, Bonuses: [{ BonusType: 'x', Quantity: 2, Validity: 30 }] }],
    };
    return dingDone({ Items: asks(query, 'languageCodes', 'en') ? [told] : [] });
  },
  'GET /GetAccountLookup': lookUp,
  'POST /EstimatePrices': estimate,
  'POST /LookupBills': ({ body }) => {
    const { SkuCode } = (body ?? {}) as Record<string, unknown>;
    const isKnown = DING_SKUS.some(({ code }) => code === SkuCode);
    return isKnown ? dingDone({ Items: [] }) : dingParameter('ParameterInvalid', 'SkuCode', { Items: [] });
  },
};
