import Type, { type Static } from 'typebox';
import { Denomination, FeesType } from '../catalogue/offers.ts';
import { Amount, DateTime, Email, Uuid } from '../formats.ts';
import { LANGUAGES } from '../messages/customer-messages.ts';
import { REASONS, type Reason } from '../reasons.ts';
import { LateDelivery, Reversal } from '../reversals/reversals.ts';

/** The state of a transaction. `pending`: the unit is held, the outcome is not yet known. `created`: the order is parked. */
export const TransactionStatus = Type.Enum(['created', 'pending', 'ok', 'ko', 'expired']);
export type TransactionStatus = Static<typeof TransactionStatus>;

/** The kind of product that a transaction sold. The spelling of the last one is that of Travel B2B 1.7. */
export const TransactionProductType = Type.Enum([
  'airtime topup',
  'sms topup',
  'data topup',
  'bundle topup',
  'simCard',
  'eSim',
  'sunscription',
]);
export type TransactionProductType = Static<typeof TransactionProductType>;

/** The way to tell the end customer the outcome of an order, once that is known. */
export const CustomerNotice = Type.Object(
  {
    email: Type.Optional({ ...Email, description: 'By e-mail to this address' }),
    sms: Type.Optional(Type.Boolean({ description: 'By SMS to the number that is recharged' })),
    language: Type.Optional(Type.Enum(LANGUAGES, { description: 'That of the Accept-Language unless told' })),
  },
  { additionalProperties: false },
);
export type CustomerNotice = Static<typeof CustomerNotice>;

/** Travel B2B 1.7 `TransactionCreation`: the order of one top-up or eSIM. */
export const TransactionCreation = Type.Object(
  {
    offer_id: Uuid,
    voucher_id: Type.Optional(Type.String({ maxLength: 255 })),
    user_id: Type.Optional(
      Type.String({
        maxLength: 255,
        description: "The distributor's own reference, free text; with a session, the account's id unless told",
      }),
    ),
    parameters: Type.Optional(
      Type.Object(
        {
          msisdn: Type.Optional(Type.String({ description: 'The number to recharge, national or international' })),
          simId: Type.Optional(Type.String({ description: 'The serial of the SIM (Welcome Travelers)' })),
        },
        { description: 'Which line to recharge; an eSIM takes none' },
      ),
    ),
    max_price: Type.Optional(
      Type.Number({
        minimum: 0,
        description: 'Added: the most that resell_value may be; above it, nothing is sold (`price_changed`)',
      }),
    ),
    allow_repeat: Type.Optional(
      Type.Boolean({ description: 'Added: sells although the repeat guard of the distributor would refuse' }),
    ),
    check_network: Type.Optional(
      Type.Boolean({
        description:
          'Added: sells nothing where the number is certain to be in another network than the offer is for ' +
          '(`wrong_network`); where no supplier can tell for certain, it is sold',
      }),
    ),
    on_empty: Type.Optional(
      Type.Enum(['refuse', 'park'], {
        description:
          'Added: what becomes of the order where no unit is left. `park`: it waits for one until `park_until`, and is answered ' +
          'with `created`; it is refused unless told',
      }),
    ),
    park_until: Type.Optional({
      ...DateTime,
      description: 'Added: how long a parked order waits, 7 days at most; then it ends as refused (`bucket_empty`)',
    }),
    notify: Type.Optional({
      ...CustomerNotice,
      description:
        'Added: tells the end customer the `customer_message` once the sale has come to its end; in the sandbox nobody is told',
    }),
  },
  { title: 'TransactionCreation' },
);
export type TransactionCreation = Static<typeof TransactionCreation>;

/** Travel B2B 1.7 `TopupParameters` and `SimParameters`: the line that was recharged, or the eSIM that was sold. */
export const TransactionParameters = Type.Object(
  {
    msisdn: Type.Optional(Type.String({ description: 'E.164' })),
    simId: Type.Optional(Type.String()),
    prefix: Type.Optional(Type.String({ description: "The calling code of the eSIM's number" })),
    activation_code: Type.Optional(
      Type.String({ description: "Encrypted under the distributor's key: RSA-OAEP with SHA-256, base64" }),
    ),
    pin_code: Type.Optional(Type.String()),
    puk: Type.Optional(Type.String()),
    imsi: Type.Optional(Type.String()),
    iccid: Type.Optional(Type.String()),
    nsce: Type.Optional(Type.String()),
    matching_id: Type.Optional(Type.String()),
    smdp_url: Type.Optional(Type.String()),
  },
  { title: 'TransactionParameters' },
);
export type TransactionParameters = Static<typeof TransactionParameters>;

/** The identification (KYC) that an eSIM's user needs, and its deadline. */
export const Identification = Type.Object(
  {
    level: Type.Integer({ description: 'How much is asked for' }),
    url: Type.String({ description: 'Where the user identifies' }),
    deadline: { ...DateTime, description: 'After this the line is suspended: 30 days after the sale' },
    status: Type.Enum(['pending', 'identified', 'overdue']),
  },
  { title: 'Identification' },
);
export type Identification = Static<typeof Identification>;

/** What the supplier has handed over with a recharge, for the end customer. */
export const SaleReceipt = Type.Object(
  {
    text: Type.Optional(Type.String({ description: "In the supplier's words" })),
    pin: Type.Optional(
      Type.Object(
        { code: Type.String(), serial: Type.Optional(Type.String()) },
        { description: 'What the customer has to type in: nothing reaches the line by itself' },
      ),
    ),
  },
  { title: 'SaleReceipt' },
);
export type SaleReceipt = Static<typeof SaleReceipt>;

/** Travel B2B 1.7 `DistributorTransaction`, and what we add to it. */
export const DistributorTransaction = Type.Object(
  {
    id: Uuid,
    status: TransactionStatus,
    product_type: TransactionProductType,
    billing_mode: Type.Enum(['prepaid', 'postpaid']),
    creation_date: DateTime,
    change_date: DateTime,
    offer_id: Uuid,
    offer_name: Type.String(),
    product_name: Type.String(),
    supplier_name: Type.String(),
    voucher_id: Type.Optional(Type.String()),
    resell_value: {
      ...Amount,
      description:
        'What the operator charged the distributor: prices are those of the sale, whatever has changed since',
    },
    distributor_fees: {
      ...Amount,
      description: "Added: the distributor's fee then: an amount, or a percentage of resell_value",
    },
    distributor_fees_type: { ...FeesType, description: 'Added: how distributor_fees is meant' },
    public_price: { ...Amount, description: 'Added: what the end customer paid, resell_value and the fee' },
    margin: { ...Amount, description: 'Added: what the distributor kept of public_price' },
    bonus_value: Amount,
    denomination: Type.Optional({
      ...Denomination,
      description: 'Added: what the line gets, where that is another currency than what is charged',
    }),
    reference_currency: Type.String({ description: 'ISO 4217' }),
    local_currency: Type.String({ description: 'ISO 4217' }),
    user_id: Type.Optional(Type.String()),
    parameters: TransactionParameters,
    receipt: Type.Optional({
      ...SaleReceipt,
      description:
        'Added: what the supplier has handed over for the end customer. In the answer to the order and in that of the one transaction, not in lists, nor for roles that are shown lines masked',
    }),
    line_warning: Type.Optional(
      Type.Literal('serial_check_digit', {
        description: "Added: the check digit of the SIM's serial does not agree, and its supplier wants that told",
      }),
    ),
    identification: Type.Optional({
      ...Identification,
      description: 'Added: how the user of the eSIM has to be identified',
    }),
    park_until: Type.Optional({
      ...DateTime,
      description: 'Added: until when the order waits for a unit, while it is parked (`created`)',
    }),
    parked_order_id: Type.Optional({
      ...Uuid,
      description: 'Added: the id under which the order was parked, where the transaction was asked for by that',
    }),
    attempts: Type.Optional(
      Type.Integer({
        minimum: 2,
        description: 'Added: in which attempt it came to its end, where that was not the first',
      }),
    ),
    reason: Type.Optional(
      Type.Enum(Object.keys(REASONS) as Reason[], { description: 'Added: why the transaction is ko or expired' }),
    ),
    reversal: Type.Optional({
      ...Reversal,
      description: 'Added: the sale was `ok`, and is annulled. It is `ko` from then on, with the reason `reversed`',
    }),
    late_delivery: Type.Optional({
      ...LateDelivery,
      description: 'Added: the sale had come to nothing, and proved delivered later',
    }),
    customer_message: Type.String({ description: 'Added: what to tell the end customer, in the Accept-Language' }),
  },
  { title: 'DistributorTransaction' },
);
export type DistributorTransaction = Static<typeof DistributorTransaction>;
