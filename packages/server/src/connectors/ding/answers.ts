import Type, { type Static, type TSchema } from 'typebox';

/** What it may leave out, or write as null. */
const Maybe = <T extends TSchema>(schema: T) => Type.Optional(Type.Union([schema, Type.Null()]));

/** What every answer begins with. */
const Result = {
  ResultCode: Type.Integer(),
  ErrorCodes: Type.Array(Type.Object({ Code: Type.String(), Context: Maybe(Type.String()) })),
};
export const DingAnswer = Type.Object(Result);
export type DingAnswer = Static<typeof DingAnswer>;

const Price = Type.Object({
  DistributorFee: Type.Number(),
  ReceiveValue: Type.Number(),
  ReceiveCurrencyIso: Type.String(),
  SendValue: Type.Number(),
  SendCurrencyIso: Type.String(),
});

const TransferRecord = Type.Object({
  TransferId: Maybe(Type.Object({ TransferRef: Type.String(), DistributorRef: Type.String() })),
  SkuCode: Type.String(),
  Price: Maybe(Price),
  CommissionApplied: Type.Number(),
  ProcessingState: Type.String(),
  StartedUtc: Maybe(Type.String()),
  ReceiptText: Maybe(Type.String()),
  ReceiptParams: Maybe(Type.Record(Type.String(), Type.String())),
  AccountNumber: Type.String(),
});
export type TransferRecord = Static<typeof TransferRecord>;

/** What it answers to a transfer, and how each of its records is wrapped. */
export const TransferAnswer = Type.Object({ ...Result, TransferRecord: Maybe(TransferRecord) });
export type TransferAnswer = Static<typeof TransferAnswer>;

const Wrapped = Type.Object({ ...Result, TransferRecord });
export const RecordsAnswer = Type.Object({
  ...Result,
  Items: Type.Array(Wrapped),
  ThereAreMoreItems: Type.Boolean(),
});

export const DingBalance = Type.Object({ ...Result, Balance: Type.Number(), CurrencyIso: Type.String() });

export const DingNumberAnswer = Type.Object({
  ...Result,
  CountryIso: Maybe(Type.String()),
  Items: Type.Array(Type.Object({ ProviderCode: Type.String(), RegionCode: Type.String() })),
});

const DingProvider = Type.Object({ ProviderCode: Type.String(), CountryIso: Type.String(), Name: Type.String() });
export type DingProvider = Static<typeof DingProvider>;
export const DingProvidersAnswer = Type.Object({ ...Result, Items: Type.Array(DingProvider) });

const DingProductEntry = Type.Object({
  ProviderCode: Type.String(),
  SkuCode: Type.String(),
  SettingDefinitions: Type.Array(Type.Object({ Name: Type.String(), IsMandatory: Type.Boolean() })),
  Maximum: Price,
  Minimum: Price,
  CommissionRate: Type.Number(),
  RedemptionMechanism: Type.String(),
  Benefits: Type.Array(Type.String()),
  UatNumber: Type.String(),
  DefaultDisplayText: Type.String(),
  LookupBillsRequired: Maybe(Type.Boolean()),
});
export type DingProductEntry = Static<typeof DingProductEntry>;
export const DingProductsAnswer = Type.Object({ ...Result, Items: Type.Array(DingProductEntry) });

const Promotion = Type.Object({
  ProviderCode: Type.String(),
  StartUtc: Type.String(),
  EndUtc: Type.String(),
  LocalizationKey: Type.String(),
});
export const PromotionsAnswer = Type.Object({ ...Result, Items: Type.Array(Promotion) });

const PromotionDescription = Type.Object({
  Headline: Type.String(),
  TermsAndConditionsMarkDown: Type.String(),
  LocalizationKey: Type.String(),
  LanguageCode: Type.String(),
});
export const PromotionDescriptionsAnswer = Type.Object({ ...Result, Items: Type.Array(PromotionDescription) });
