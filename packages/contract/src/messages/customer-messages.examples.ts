import { EXAMPLE_SOLD } from '../example-values.ts';

/** Examples of answers, by the title of their schema. */
export const CUSTOMER_MESSAGE_EXAMPLES = {
  CustomerMessage: {
    outcome: 'ok',
    language: 'fr',
    default: 'La recharge a été effectuée.',
    text: 'Merci ! {amount} pour le {msisdn_masked}.',
    update_date: EXAMPLE_SOLD,
  },
};
