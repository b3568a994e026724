import Type from 'typebox';
import { READERS, SELLERS, SUPPORT } from '../access/role-groups.ts';
import { EXAMPLE_IDS, EXAMPLE_RECEIPT } from '../example-values.ts';
import { Uuid } from '../formats.ts';
import { operation } from '../operation.ts';
import { answer, Id, ofDistributor, ofOperator } from '../operation-parts.ts';
import { MOST_RECEIPT_NOTICES, RECEIPT_CODE, ReceiptNotice, ReceiptProof, ReceiptSale, SentReceipt } from './proofs.ts';

const Code = Type.Object({
  code: Type.String({ pattern: RECEIPT_CODE, description: 'As it stands on the receipt', examples: [EXAMPLE_RECEIPT] }),
});

/** What lets the receipt of a sale prove itself. */
export const PROOF_OPERATIONS = {
  getReceiptProof: operation({
    id: 'getReceiptProof',
    method: 'GET',
    path: '/v1/transactions/{id}/receipt-proof',
    tag: 'Transactions',
    summary: 'The code and the QR code by which the receipt of a sale proves itself',
    description:
      'The same code each time. Whoever has it sees on the public page what was sold, and whether it was annulled.',
    ...ofDistributor,
    roles: READERS,
    params: Id,
    answers: { 200: answer('The proof', ReceiptProof) },
    reasons: ['no_receipt', 'not_configured'],
  }),
  sendReceipt: operation({
    id: 'sendReceipt',
    method: 'POST',
    path: '/v1/transactions/{id}/receipt-notices',
    tag: 'Transactions',
    summary: 'Sends the receipt of a sale to its customer',
    description: `By e-mail, or by SMS to the number that was recharged: what became of the sale, and the address of its receipt. ${MOST_RECEIPT_NOTICES} times at most.`,
    ...ofDistributor,
    roles: SELLERS,
    params: Type.Object({ id: { ...Uuid, examples: [EXAMPLE_IDS.transaction] } }),
    body: ReceiptNotice,
    bodyExample: { email: 'ann@customer.example', language: 'fr' },
    answers: { 201: answer('It is sent within seconds', SentReceipt) },
    reasons: ['no_receipt', 'not_configured', 'receipt_sent'],
  }),
  findReceipt: operation({
    id: 'findReceipt',
    method: 'GET',
    path: '/v1/receipts/{code}',
    tag: 'Transactions',
    summary: 'The sale of a receipt of yours, by its code',
    ...ofDistributor,
    roles: READERS,
    params: Code,
    answers: { 200: answer('The sale', ReceiptSale) },
  }),
} as const;

/** The same, for the operator. */
export const OPERATOR_PROOF_OPERATIONS = {
  findAnyReceipt: operation({
    id: 'findAnyReceipt',
    method: 'GET',
    path: '/admin/v1/receipts/{code}',
    tag: 'All transactions',
    summary: 'The sale of a receipt, by its code',
    ...ofOperator,
    roles: SUPPORT,
    params: Code,
    answers: { 200: answer('The sale', ReceiptSale) },
  }),
} as const;
