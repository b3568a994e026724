import { READERS } from '../access/role-groups.ts';
import { operation } from '../operation.ts';
import { answer, Id, ofDistributor } from '../operation-parts.ts';
import { ReceiptProof } from './proofs.ts';

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
} as const;
