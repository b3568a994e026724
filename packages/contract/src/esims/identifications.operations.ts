import Type from 'typebox';
import { OPERATORS, READERS, SELLERS } from '../access/role-groups.ts';
import { Uuid } from '../formats.ts';
import { operation } from '../operation.ts';
import { answer, list, ofDistributor, ofOperator } from '../operation-parts.ts';
import { Page } from '../service.ts';
import { IdentificationCase } from './identifications.ts';

/** eSIMs whose users have to be identified. */
export const IDENTIFICATION_OPERATIONS = {
  listIdentifications: operation({
    id: 'listIdentifications',
    method: 'GET',
    path: '/v1/identifications',
    tag: 'Identifications',
    summary: 'eSIMs whose users have to be identified, most urgent first',
    ...ofDistributor,
    roles: READERS,
    query: Type.Object({
      ...Page.properties,
      status: Type.Optional(Type.Enum(['pending', 'identified', 'overdue'])),
    }),
    answers: list('A page of identifications', IdentificationCase),
  }),
  remindOfIdentification: operation({
    id: 'remindOfIdentification',
    method: 'POST',
    path: '/v1/identifications/{transaction_id}/reminders',
    tag: 'Identifications',
    summary: 'Notes that the user was reminded, and tells your webhooks',
    ...ofDistributor,
    roles: SELLERS,
    params: Type.Object({ transaction_id: Uuid }),
    answers: { 201: answer('The identification', IdentificationCase) },
    reasons: ['already_identified'],
  }),
} as const;

/** Operations by which the operator records the identification of their users. */
export const OPERATOR_IDENTIFICATION_OPERATIONS = {
  confirmIdentification: operation({
    id: 'confirmIdentification',
    method: 'POST',
    path: '/admin/v1/identifications/{transaction_id}/confirmations',
    tag: 'All transactions',
    summary: 'Notes that the user of an eSIM was identified',
    ...ofOperator,
    roles: OPERATORS,
    params: Type.Object({ transaction_id: Uuid }),
    answers: { 200: answer('The identification', IdentificationCase) },
  }),
} as const;
