import type { CheckedReceipt, SignedDocument } from '@opentopup/contract';
import { unpackSigned } from '@opentopup/contract/signing/packed';
import type { Column } from '../output/column.ts';

/** What is signed of a receipt. */
type SoldReceipt = Omit<CheckedReceipt, 'status' | 'annulment_date'>;

/** What a receipt says that has proved itself. */
export const RECEIPT_FIELDS: Column<SoldReceipt>[] = [
  { name: 'seller', kind: 'text', of: ({ seller }) => seller },
  { name: 'offer_name', kind: 'text', of: ({ offer_name }) => offer_name },
  { name: 'line', kind: 'text', of: ({ line }) => line },
  { name: 'public_price', kind: 'money', of: ({ price }) => price, currency: ({ currency }) => currency },
  { name: 'creation_date', kind: 'date', of: ({ date }) => date },
  { name: 'test', kind: 'text', of: ({ test }) => (test ? 'yes' : undefined) },
  { name: 'code', kind: 'text', of: ({ code }) => code },
];

/** Returns the receipt that the text of a QR code holds; null where it holds none. */
export function readReceiptText(text: string): (SignedDocument & { document: SoldReceipt & { type: string } }) | null {
  const signed = unpackSigned(text);
  if (signed?.document.type !== 'receipt') return null;
  return signed as SignedDocument & { document: SoldReceipt & { type: string } };
}
