import Type, { type Static } from 'typebox';
import { Amount, DateTime, Uuid } from '../formats.ts';
import { CustomerNotice } from '../sales/transactions.ts';

/** The code of a receipt: 80 bits at random, in letters and digits that are not taken for each other. */
export const RECEIPT_CODE = '^[0-9A-HJKMNP-TV-Za-hjkmnp-tv-z]{16}$';

const code = Type.String({ description: '16 letters and digits, which name the sale to whoever has its receipt' });

/** What lets a receipt prove itself. */
export const ReceiptProof = Type.Object(
  {
    code,
    url: Type.Optional(
      Type.String({
        description: 'The page that confirms it; absent where the operator has not said where people reach it',
      }),
    ),
    text: Type.String({
      description: 'What its QR code says: `url`, and behind `#` what is signed, for `opentopup verify --receipt`',
    }),
  },
  { title: 'ReceiptProof' },
);
export type ReceiptProof = Static<typeof ReceiptProof>;

/** A receipt as anybody may see it who has its code. */
export const CheckedReceipt = Type.Object(
  {
    code,
    status: Type.Enum(['sold', 'annulled'], { description: '`annulled`: the sale was reversed' }),
    test: Type.Boolean({ description: 'True for a sale of a sandbox: nothing was delivered' }),
    seller: Type.String({ description: 'The distributor' }),
    offer_name: Type.String(),
    price: { ...Amount, description: 'What the end customer pays' },
    currency: Type.String({ description: 'ISO 4217' }),
    date: { ...DateTime, description: 'When it was ordered' },
    line: Type.Optional(
      Type.String({ description: 'The number or SIM, masked; absent for an eSIM, and once it is forgotten' }),
    ),
    annulment_date: Type.Optional(DateTime),
  },
  { title: 'CheckedReceipt' },
);
export type CheckedReceipt = Static<typeof CheckedReceipt>;

/** The sale of a receipt. */
export const ReceiptSale = Type.Object({ transaction_id: Uuid }, { title: 'ReceiptSale' });
export type ReceiptSale = Static<typeof ReceiptSale>;

/** To whom a receipt is sent. */
export const ReceiptNotice = Type.Object(CustomerNotice.properties, {
  title: 'ReceiptNotice',
  additionalProperties: false,
  minProperties: 1,
});

/** How often the receipt of a sale is sent. */
export const MOST_RECEIPT_NOTICES = 5;

/** A receipt that was sent. */
export const SentReceipt = Type.Object(
  { left: Type.Integer({ minimum: 0, description: 'How often it may be sent again' }) },
  { title: 'SentReceipt' },
);
export type SentReceipt = Static<typeof SentReceipt>;
