import { EXAMPLE_IDS, EXAMPLE_RECEIPT, EXAMPLE_SOLD } from '../example-values.ts';

const code = EXAMPLE_RECEIPT;

/** Examples of answers, by the title of their schema. */
export const PROOF_EXAMPLES = {
  ReceiptProof: {
    code,
    url: `https://topup.example/r/${code}`,
    text: `https://topup.example/r/${code}#eyJ0eXBlIjoicmVjZWlwdCJ9.kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k.c2lnbmF0dXJl`,
  },
  ReceiptSale: { transaction_id: EXAMPLE_IDS.transaction },
  SentReceipt: { left: 4 },
  CheckedReceipt: {
    code,
    status: 'sold',
    test: false,
    seller: 'Airport shop',
    offer_name: 'Mobile France 10 EUR',
    price: 10,
    currency: 'EUR',
    date: EXAMPLE_SOLD,
    line: '+33 6 •• •• •• 87',
  },
};
