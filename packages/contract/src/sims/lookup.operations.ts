import { SELLERS } from '../access/role-groups.ts';
import { operation } from '../operation.ts';
import { answer, ofDistributor } from '../operation-parts.ts';
import { LookupQuery, NumberLookup } from './lookup.ts';

/** Whose network a number is in. */
export const LOOKUP_OPERATIONS = {
  lookupNumber: operation({
    id: 'lookupNumber',
    method: 'GET',
    path: '/v1/lookup',
    tag: 'Suppliers',
    summary: 'Whose network a number is in, and which of your offers fit',
    description:
      'Ask once the number is whole, not while it is typed: suppliers may charge for it. What they have said is remembered ' +
      'for a day, and so many numbers a day are asked for; beyond that, only the network is missing.',
    ...ofDistributor,
    roles: SELLERS,
    customer: 'asks',
    query: LookupQuery,
    answers: { 200: answer('What is known of the number', NumberLookup) },
    reasons: ['bad_parameter'],
  }),
} as const;
