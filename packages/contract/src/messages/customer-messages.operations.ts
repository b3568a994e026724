import Type from 'typebox';
import { MANAGERS, READERS } from '../access/role-groups.ts';
import { operation } from '../operation.ts';
import { answer, list } from '../operation-parts.ts';
import { LANGUAGES } from './customer-messages.ts';
import { CustomerMessage, CustomerMessageText, MessageKey } from './own-messages.ts';

const ours = { access: 'distributor', extension: true, tag: 'Customer messages' } as const;
const path = '/v1/customer-messages/{outcome}/{language}';

/** Operations on a distributor's own messages to its end customers. */
export const CUSTOMER_MESSAGE_OPERATIONS = {
  listCustomerMessages: operation({
    id: 'listCustomerMessages',
    method: 'GET',
    path: '/v1/customer-messages',
    summary: 'What end customers are told, by default and by your own words',
    ...ours,
    roles: READERS,
    query: Type.Object({ language: Type.Optional(Type.Enum(LANGUAGES)) }),
    answers: list('All of them', CustomerMessage),
  }),
  setCustomerMessage: operation({
    id: 'setCustomerMessage',
    method: 'PUT',
    path,
    summary: 'Sets what your end customers are told of an outcome',
    description: 'It counts for `customer_message` of your answers from the next sale on, in every process.',
    ...ours,
    roles: MANAGERS,
    params: MessageKey,
    body: CustomerMessageText,
    bodyExample: { text: 'Merci ! {amount} pour le {msisdn_masked}.' },
    answers: { 200: answer('The message', CustomerMessage) },
  }),
  removeCustomerMessage: operation({
    id: 'removeCustomerMessage',
    method: 'DELETE',
    path,
    summary: 'Takes your own sentence away: the default is told again',
    ...ours,
    roles: MANAGERS,
    params: MessageKey,
    answers: {
      200: answer('The message', CustomerMessage, {
        outcome: 'ok',
        language: 'fr',
        default: 'La recharge a été effectuée.',
      }),
    },
  }),
} as const;
