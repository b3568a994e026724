import Type, { type Static, type TSchema } from 'typebox';

/** What it may leave out, or write as null. */
const Maybe = <T extends TSchema>(schema: T) => Type.Optional(Type.Union([schema, Type.Null()]));

/** How it refuses. */
export const RefusedAnswer = Type.Object({ message: Type.String(), errorCode: Maybe(Type.String()) });

/** What it answers to an order: only where to ask. */
export const TakenAnswer = Type.Object({ transactionId: Type.Integer() });

const PinDetail = Type.Object({
  code: Type.Union([Type.String(), Type.Number()]),
  serial: Maybe(Type.Union([Type.String(), Type.Number()])),
  info1: Maybe(Type.String()),
  info2: Maybe(Type.String()),
  info3: Maybe(Type.String()),
  ivr: Maybe(Type.String()),
  validity: Maybe(Type.String()),
});
export type PinDetail = Static<typeof PinDetail>;

/** An order as it keeps it. */
export const KeptTopup = Type.Object({
  transactionId: Type.Integer(),
  customIdentifier: Maybe(Type.String()),
  discount: Maybe(Type.Number()),
  discountCurrencyCode: Maybe(Type.String()),
  requestedAmount: Maybe(Type.Number()),
  requestedAmountCurrencyCode: Maybe(Type.String()),
  fee: Maybe(Type.Number()),
  pinDetail: Maybe(PinDetail),
  balanceInfo: Maybe(
    Type.Object({
      oldBalance: Maybe(Type.Number()),
      newBalance: Maybe(Type.Number()),
      cost: Maybe(Type.Number()),
      currencyCode: Maybe(Type.String()),
    }),
  ),
});
export type KeptTopup = Static<typeof KeptTopup>;

const Said = { code: Maybe(Type.String()), message: Maybe(Type.String()), status: Type.String() };
/** How an order stands, by its id: around the order, which is missing while it is under way and when it has failed. */
export const WrappedStatus = Type.Object({ ...Said, transaction: Maybe(KeptTopup) });
/** The same as its description has it. */
export const FlatStatus = Type.Intersect([Type.Object(Said), KeptTopup]);

/** A page of its report. */
export const TopupReport = Type.Object({
  content: Type.Array(Type.Object({ transactionId: Type.Integer(), customIdentifier: Maybe(Type.String()) })),
  last: Maybe(Type.Boolean()),
});

export const BalanceAnswer = Type.Object({ balance: Type.Number(), currencyCode: Type.String() });

export const DetectedOperator = Type.Object({ operatorId: Type.Integer(), name: Type.String() });

const Amounts = Maybe(Type.Array(Type.Number()));
/** What it sells of an operator. */
const OperatorEntry = Type.Object({
  operatorId: Type.Integer(),
  name: Type.String(),
  bundle: Type.Boolean(),
  data: Type.Boolean(),
  pin: Type.Boolean(),
  supportsLocalAmounts: Type.Boolean(),
  denominationType: Type.Enum(['FIXED', 'RANGE']),
  senderCurrencyCode: Type.String(),
  destinationCurrencyCode: Type.String(),
  internationalDiscount: Type.Number(),
  localDiscount: Type.Number(),
  minAmount: Maybe(Type.Number()),
  maxAmount: Maybe(Type.Number()),
  localMinAmount: Maybe(Type.Number()),
  localMaxAmount: Maybe(Type.Number()),
  country: Type.Object({ isoName: Type.String(), name: Type.String() }),
  fx: Type.Object({ rate: Type.Number({ exclusiveMinimum: 0 }) }),
  fixedAmounts: Amounts,
  localFixedAmounts: Amounts,
  fees: Maybe(
    Type.Object({
      international: Maybe(Type.Number()),
      internationalPercentage: Maybe(Type.Number()),
      local: Maybe(Type.Number()),
      localPercentage: Maybe(Type.Number()),
    }),
  ),
});
export type OperatorEntry = Static<typeof OperatorEntry>;
export const OperatorPage = Type.Object({ content: Type.Array(OperatorEntry), last: Maybe(Type.Boolean()) });

const PromotionEntry = Type.Object({
  promotionId: Type.Integer(),
  operatorId: Type.Integer(),
  title: Maybe(Type.String()),
  title1: Maybe(Type.String()),
  title2: Maybe(Type.String()),
  description: Maybe(Type.String()),
  startDate: Maybe(Type.String()),
  endDate: Maybe(Type.String()),
});
export type PromotionEntry = Static<typeof PromotionEntry>;
export const PromotionPage = Type.Object({ content: Type.Array(PromotionEntry), last: Maybe(Type.Boolean()) });
