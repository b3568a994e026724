import Type from 'typebox';
import { MANAGERS, READERS, SELLERS } from '../access/role-groups.ts';
import { EXAMPLE_IDS } from '../example-values.ts';
import { Uuid } from '../formats.ts';
import { operation } from '../operation.ts';
import { answer, ofDistributor } from '../operation-parts.ts';
import { EsimHolder, EsimShowing, SHOWN_TO_SELLERS_HOURS } from './showings.ts';

/** Who reads what installs eSIMs, and reading it. */
export const ESIM_OPERATIONS = {
  getEsimHolder: operation({
    id: 'getEsimHolder',
    method: 'GET',
    path: '/v1/esims/holder',
    tag: 'Keys',
    summary: 'Who can read what installs your eSIMs',
    ...ofDistributor,
    roles: READERS,
    answers: { 200: answer('Who it is', EsimHolder) },
  }),
  setEsimHolder: operation({
    id: 'setEsimHolder',
    method: 'PUT',
    path: '/v1/esims/holder',
    tag: 'Keys',
    summary: 'Chooses who can read what installs your eSIMs',
    description:
      'It counts for eSIMs that are delivered from then on. Those delivered before stay with whom they were delivered to.',
    ...ofDistributor,
    roles: MANAGERS,
    body: EsimHolder,
    bodyExample: { holder: 'server' },
    answers: { 200: answer('Who it is now', EsimHolder) },
    reasons: ['no_own_key', 'not_configured'],
  }),
  showEsim: operation({
    id: 'showEsim',
    method: 'POST',
    path: '/v1/transactions/{id}/esim-showings',
    tag: 'Transactions',
    summary: 'Shows what installs an eSIM that was sold',
    description: `Only of an eSIM that was delivered while \`server\` was its holder. Each time is noted in the audit trail first. Sellers are shown it within ${SHOWN_TO_SELLERS_HOURS} hours of the sale, administrators as long as it is kept; to one account it is shown 60 times in a quarter of an hour.`,
    ...ofDistributor,
    roles: SELLERS,
    params: Type.Object({ id: { ...Uuid, examples: [EXAMPLE_IDS.esim] } }),
    answers: { 201: answer('What installs it', EsimShowing) },
    reasons: ['no_esim', 'esim_not_held', 'not_configured'],
  }),
} as const;
