// What the vendor's description of Ding Connect, version 1, says of its answers, told anew as facts: names, types, and
// what has to be there. All objects are closed there.
import type { DescribedAnswers } from '../support/described-answers.ts';

const text = { type: 'string' };
const whole = { type: 'integer' };
const decimal = { type: 'number' };
const flag = { type: 'boolean' };
const instant = { type: 'string', pattern: String.raw`^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$` };
const list = (items: object) => ({ type: 'array', items });
type Properties = Readonly<Record<string, object>>;
const record = (properties: Properties, optional: Properties = {}) => ({
  type: 'object',
  properties: { ...properties, ...optional },
  required: Object.keys(properties),
  additionalProperties: false,
});

const result = { ResultCode: whole, ErrorCodes: list(record({ Code: text }, { Context: text })) };
const refusal = record(result);
const items = (properties: Properties, optional: Properties = {}) =>
  record({ ...result, Items: list(record(properties, optional)) });

const price = record(
  {
    CustomerFee: decimal,
    DistributorFee: decimal,
    ReceiveValue: decimal,
    ReceiveCurrencyIso: text,
    ReceiveValueExcludingTax: decimal,
    SendValue: decimal,
    SendCurrencyIso: text,
  },
  { TaxRate: decimal, TaxName: text, TaxCalculation: text },
);
const transferId = record({ TransferRef: text, DistributorRef: text });
/** In prose: what states there are. */
const state = { enum: ['Submitted', 'Processing', 'Complete', 'Failed', 'Cancelled', 'Cancelling'] };
const transferRecord = record(
  { SkuCode: text, CommissionApplied: decimal, ProcessingState: state, AccountNumber: text },
  {
    TransferId: transferId,
    Price: price,
    StartedUtc: instant,
    CompletedUtc: instant,
    ReceiptText: text,
    ReceiptParams: { type: 'object', additionalProperties: text },
  },
);
const transfer = record(result, { TransferRecord: transferRecord });

const product = {
  ProviderCode: text,
  SkuCode: text,
  LocalizationKey: text,
  SettingDefinitions: list(record({ Name: text, Description: text, IsMandatory: flag })),
  Maximum: price,
  Minimum: price,
  CommissionRate: decimal,
  ProcessingMode: { enum: ['Instant', 'Batch'] },
  RedemptionMechanism: { enum: ['Immediate', 'ReadReceipt', 'ReadAdditionalInformation'] },
  Benefits: list(text),
  UatNumber: text,
  DefaultDisplayText: text,
  RegionCode: text,
  PaymentTypes: list({ enum: ['Prepaid', 'Postpaid'] }),
};
const provider = {
  ProviderCode: text,
  CountryIso: text,
  Name: text,
  ValidationRegex: text,
  RegionCodes: list(text),
  PaymentTypes: list(text),
};
const sendAmount = record({
  Minimum: decimal,
  Maximum: decimal,
  Bonuses: list(record({ BonusType: text, Quantity: decimal, Validity: whole })),
});
const promotionText = {
  Dates: text,
  Headline: text,
  TermsAndConditionsMarkDown: text,
  BonusValidity: text,
  PromotionType: text,
  LocalizationKey: text,
  LanguageCode: text,
  SendAmounts: list(sendAmount),
};

/** What answers may be, by route and status. */
export const DING_ANSWERS: DescribedAnswers = {
  'POST /SendTransfer': { 200: transfer, 400: transfer, 500: transfer },
  'POST /ListTransferRecords': {
    200: record({
      ...result,
      Items: list(record({ ...result, TransferRecord: transferRecord })),
      ThereAreMoreItems: flag,
    }),
  },
  'POST /CancelTransfers': {
    200: items({ ...result, TransferId: transferId, ProcessingState: state, BatchItemRef: text }),
  },
  'POST /EstimatePrices': { 200: items({ ...result, BatchItemRef: text }, { Price: price, SkuCode: text }) },
  'POST /LookupBills': { 200: items({ Price: price, BillRef: text }) },
  'GET /GetBalance': { 200: record({ ...result, Balance: decimal, CurrencyIso: text }) },
  'GET /GetAccountLookup': {
    200: record(
      { ...result, Items: list(record({ ProviderCode: text, RegionCode: text })) },
      { CountryIso: text, AccountNumberNormalized: text },
    ),
  },
  'GET /GetCountries': {
    200: items({
      CountryIso: text,
      CountryName: text,
      InternationalDialingInformation: list(record({ Prefix: text, MinimumLength: whole, MaximumLength: whole })),
      RegionCodes: list(text),
    }),
  },
  'GET /GetCurrencies': { 200: items({ CurrencyIso: text, CurrencyName: text }) },
  'GET /GetRegions': { 200: items({ RegionCode: text, RegionName: text, CountryIso: text }) },
  'GET /GetErrorCodeDescriptions': { 200: items({ Message: text, Code: text }) },
  'GET /GetProviders': { 200: items(provider, { ShortName: text, CustomerCareNumber: text, LogoUrl: text }) },
  'GET /GetProviderStatus': { 200: items({ ProviderCode: text, IsProcessingTransfers: flag }, { Message: text }) },
  'GET /GetProducts': {
    200: items(product, { ValidityPeriodIso: text, AdditionalInformation: text, LookupBillsRequired: flag }),
  },
  'GET /GetProductDescriptions': {
    200: items(
      { DisplayText: text, LocalizationKey: text, LanguageCode: text },
      { DescriptionMarkdown: text, ReadMoreMarkdown: text },
    ),
  },
  'GET /GetPromotions': {
    200: items(
      {
        ProviderCode: text,
        StartUtc: instant,
        EndUtc: instant,
        CurrencyIso: text,
        MinimumSendAmount: decimal,
        LocalizationKey: text,
      },
      { ValidityPeriodIso: text },
    ),
  },
  'GET /GetPromotionDescriptions': { 200: items(promotionText) },
};
/** What any method may answer. */
export const DING_REFUSALS = { 400: refusal, 401: refusal, 429: refusal, 503: refusal };
