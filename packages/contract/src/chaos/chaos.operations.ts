import Type from 'typebox';
import { MANAGERS } from '../access/role-groups.ts';
import { EXAMPLE_IDS } from '../example-values.ts';
import { operation } from '../operation.ts';
import { answer, list, ofDistributor } from '../operation-parts.ts';
import { Page } from '../service.ts';
import { Chaos, ChaosEffect, ChaosSetting } from './chaos.ts';

const ofChaos = { tag: 'Sandbox', ...ofDistributor, roles: MANAGERS, reasons: ['sandbox_only'] } as const;
const Client = Type.Object({
  client_id: Type.String({ minLength: 1, maxLength: 255, examples: [EXAMPLE_IDS.sandboxClient] }),
});

/** What goes wrong in a sandbox because somebody has asked for it. */
export const CHAOS_OPERATIONS = {
  listChaos: operation({
    id: 'listChaos',
    method: 'GET',
    path: '/v1/sandbox/chaos',
    summary: 'Which clients of your sandbox meet chaos, and until when',
    ...ofChaos,
    answers: list('The chaos of each client', Chaos),
  }),
  setChaos: operation({
    id: 'setChaos',
    method: 'PUT',
    path: '/v1/sandbox/chaos/{client_id}',
    summary: 'Has a client of your sandbox meet chaos for a time',
    description:
      'Some of its orders are delayed, cut off, refused, or answered bit by bit; some events reach your endpoints late or ' +
      'twice. It ends by itself. Each order meets one effect at most, so the shares of orders are 100 together at most, and ' +
      'those of events too. Live clients never meet any. One order meets one by the header `X-Sandbox-Chaos`, in the sandbox.',
    ...ofChaos,
    params: Client,
    body: ChaosSetting,
    bodyExample: { effects: { cut_after: 10, delay: 10, webhook_twice: 20 }, minutes: 30, seed: 7 },
    answers: { 200: answer('The chaos as it is now', Chaos) },
  }),
  endChaos: operation({
    id: 'endChaos',
    method: 'DELETE',
    path: '/v1/sandbox/chaos/{client_id}',
    summary: 'Ends the chaos of a client at once',
    ...ofChaos,
    params: Client,
    answers: { 200: answer('The chaos as it was', Chaos) },
  }),
  listChaosEffects: operation({
    id: 'listChaosEffects',
    method: 'GET',
    path: '/v1/sandbox/chaos-effects',
    summary: 'What chaos did in your sandbox, and what asked for it, newest first',
    description: 'Of the last 14 days.',
    ...ofChaos,
    query: Page,
    answers: list('A page of effects', ChaosEffect),
  }),
} as const;
