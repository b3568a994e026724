import { OPERATORS, SUPPORT } from '../access/role-groups.ts';
import { operation } from '../operation.ts';
import { answer, ofOperator } from '../operation-parts.ts';
import { Recovery, RecoveryBookingQuery, RecoveryBookings, RecoveryCreation, RecoveryEnd } from './recovery.ts';

/** What is done after a restore. */
export const OPERATOR_RECOVERY_OPERATIONS = {
  beginRecovery: operation({
    id: 'beginRecovery',
    method: 'POST',
    path: '/admin/v1/recovery',
    tag: 'Recovery',
    summary: 'Says that a backup was restored: closes sales, and asks all suppliers what they have delivered since',
    description:
      'Nothing is sold live until `endRecovery`: the keys of what was sold since the backup are lost too, and a repeated order ' +
      'would be sold again. Where one is open, its suppliers are asked again.',
    ...ofOperator,
    roles: OPERATORS,
    body: RecoveryCreation,
    bodyExample: { since: '2026-11-24T02:00:00Z' },
    answers: { 202: answer('It has begun', Recovery) },
  }),
  getRecovery: operation({
    id: 'getRecovery',
    method: 'GET',
    path: '/admin/v1/recovery',
    tag: 'Recovery',
    summary: 'What was found after the last restore, and what is left to be done',
    ...ofOperator,
    roles: SUPPORT,
    answers: { 200: answer('How it stands', Recovery) },
    reasons: ['not_found'],
  }),
  bookRecovery: operation({
    id: 'bookRecovery',
    method: 'POST',
    path: '/admin/v1/recovery/bookings',
    tag: 'Recovery',
    summary: 'Books the lost sales of which one offer fits, up to 500, the oldest first',
    description:
      'Grants that are lost come first: without units nothing is booked. The others are cases, each ended with its `offer_id`.',
    ...ofOperator,
    roles: OPERATORS,
    query: RecoveryBookingQuery,
    answers: { 201: answer('What was booked', RecoveryBookings) },
    reasons: ['not_found', 'recovery_ended'],
  }),
  endRecovery: operation({
    id: 'endRecovery',
    method: 'POST',
    path: '/admin/v1/recovery/end',
    tag: 'Recovery',
    summary: 'Opens sales again',
    description:
      'Refused as long as something is lost, a supplier is being asked, or one of `not_covered` is not named in the justification.',
    ...ofOperator,
    roles: OPERATORS,
    body: RecoveryEnd,
    bodyExample: {
      justification: 'By their files of November: Orange France, Orange Spain, Orange Travel B2B, Welcome Travelers',
    },
    answers: { 201: answer('How it stands', Recovery) },
    reasons: ['not_found', 'recovery_ended', 'recovery_unfinished'],
  }),
} as const;
