import { MANAGERS, READERS } from '../access/role-groups.ts';
import { operation } from '../operation.ts';
import { answer, ofDistributor } from '../operation-parts.ts';
import { ReceiptSettings } from './receipt-settings.ts';

/** What the receipts of a distributor say. */
export const RECEIPT_SETTINGS_OPERATIONS = {
  getReceiptSettings: operation({
    id: 'getReceiptSettings',
    method: 'GET',
    path: '/v1/receipt-settings',
    tag: 'Settings',
    summary: 'What your receipts say, and on what they are printed',
    ...ofDistributor,
    roles: READERS,
    answers: { 200: answer('The settings', ReceiptSettings) },
  }),
  setReceiptSettings: operation({
    id: 'setReceiptSettings',
    method: 'PUT',
    path: '/v1/receipt-settings',
    tag: 'Settings',
    summary: 'Sets what your receipts say, and on what they are printed',
    description: 'All of it: what is not sent is taken away.',
    ...ofDistributor,
    roles: MANAGERS,
    body: ReceiptSettings,
    bodyExample: { paper: '80mm', shop_name: 'Airport shop', help_line: '+33 1 23 45 67 89' },
    answers: { 200: answer('The settings as they are now', ReceiptSettings) },
  }),
} as const;
