import { MANAGERS, READERS } from '../access/role-groups.ts';
import { EXAMPLE_PUBLIC_KEY } from '../example-values.ts';
import { operation } from '../operation.ts';
import { answer, ofWire } from '../operation-parts.ts';
import { DistributorKey, DistributorKeyCreation, KeyQuery } from './keys.ts';

/** The key under which activation codes are encrypted for a distributor. */
export const WIRE_KEY_OPERATIONS = {
  getDistributorKey: operation({
    id: 'getDistributorKey',
    method: 'GET',
    path: '/distributors/keys',
    tag: 'Keys',
    summary: 'The key under which activation codes are encrypted for you',
    ...ofWire,
    roles: READERS,
    query: KeyQuery,
    answers: { 200: answer('The key', DistributorKey) },
    reasons: ['not_found'],
  }),
  setDistributorKey: operation({
    id: 'setDistributorKey',
    method: 'POST',
    path: '/distributors/keys',
    tag: 'Keys',
    summary: 'Sets your key; it replaces the one before for good',
    ...ofWire,
    roles: MANAGERS,
    query: KeyQuery,
    body: DistributorKeyCreation,
    bodyExample: { key_type: 'rsa256', public_key_value: EXAMPLE_PUBLIC_KEY },
    answers: { 201: answer('The key as it is now', DistributorKey) },
    reasons: ['invalid_key'],
  }),
} as const;
