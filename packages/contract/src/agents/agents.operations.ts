import Type from 'typebox';
import { AGENTS, MANAGERS, READERS, READERS_AND_AGENTS, SELLERS } from '../access/role-groups.ts';
import { EXAMPLE_IDS } from '../example-values.ts';
import { Uuid } from '../formats.ts';
import { operation } from '../operation.ts';
import { answer, list, ofDistributor } from '../operation-parts.ts';
import { DistributorTransaction } from '../sales/transactions.ts';
import { Page } from '../service.ts';
import {
  Agent,
  AgentChange,
  AgentCreation,
  NewAgent,
  NewSalePreview,
  SaleConfirmation,
  SalePreview,
  SalePreviewCreation,
  SalePreviewDecision,
  SalePreviewQuery,
} from './agents.ts';

const ofAgents = { tag: 'Agents', ...ofDistributor } as const;
const Preview = Type.Object({ id: { ...Uuid, examples: [EXAMPLE_IDS.preview] } });

/** Agents: who they are, what they want to sell, and who lets them. */
export const AGENT_OPERATIONS = {
  listAgents: operation({
    id: 'listAgents',
    method: 'GET',
    path: '/v1/agents',
    summary: 'Your agents, oldest first, and what each has used of its caps',
    description: 'With a session, those of your sandbox too.',
    ...ofAgents,
    roles: READERS,
    query: Page,
    answers: list('A page of agents', Agent),
  }),
  createAgent: operation({
    id: 'createAgent',
    method: 'POST',
    path: '/v1/agents',
    summary: 'Makes an agent with a secret and its caps; in the sandbox unless told',
    description:
      'An agent reads stock, offers and transactions, with lines masked, and sells only by previews that were released. It is a ' +
      'client of yours: its secret is rotated and revoked as theirs are.',
    ...ofAgents,
    roles: MANAGERS,
    body: AgentCreation,
    bodyExample: {
      name: 'Concierge',
      offers: [EXAMPLE_IDS.offer],
      units_per_hour: 5,
      units_per_day: 20,
      line_units_per_day: 1,
      amount_per_day: 200,
      currency: 'EUR',
      released_up_to: null,
    },
    answers: { 201: answer('The agent, with its secret', NewAgent) },
    reasons: ['not_found', 'too_many_clients'],
  }),
  changeAgent: operation({
    id: 'changeAgent',
    method: 'PATCH',
    path: '/v1/agents/{client_id}',
    summary: 'Changes the caps of an agent; they count from its next confirmation on',
    ...ofAgents,
    roles: MANAGERS,
    params: Type.Object({ client_id: Type.String({ minLength: 1, maxLength: 255, examples: [EXAMPLE_IDS.agent] }) }),
    body: AgentChange,
    bodyExample: { units_per_hour: 10 },
    answers: { 200: answer('The agent as it is now', Agent) },
  }),
  getOwnAgent: operation({
    id: 'getOwnAgent',
    method: 'GET',
    path: '/v1/agent',
    summary: 'The agent that asks: its world, its caps, and what it has used of them',
    ...ofAgents,
    roles: AGENTS,
    answers: { 200: answer('The agent', Agent) },
  }),
  previewSale: operation({
    id: 'previewSale',
    method: 'POST',
    path: '/v1/sale-previews',
    summary: 'Says what a sale would be, and asks that it is released; nothing is sold or held',
    description: 'It may be confirmed for ten minutes, by the agent that asked, once. At most 20 are open at a time.',
    ...ofAgents,
    roles: AGENTS,
    body: SalePreviewCreation,
    bodyExample: { offer_id: EXAMPLE_IDS.offer, parameters: { msisdn: '+33684587587' } },
    answers: { 201: answer('The preview, with its token', NewSalePreview) },
    reasons: [
      'invalid_offer_id',
      'product_unavailable',
      'bucket_empty',
      'missing_parameters',
      'empty_parameters',
      'supplier_not_managed',
      'bad_parameter',
      'missing_key',
      'not_configured',
      'offer_not_allowed',
      'agent_limit_reached',
    ],
  }),
  listSalePreviews: operation({
    id: 'listSalePreviews',
    method: 'GET',
    path: '/v1/sale-previews',
    summary: 'What your agents want to sell, newest first; for an agent, its own',
    description: 'With a session, those in your sandbox too. They are kept for 30 days.',
    ...ofAgents,
    roles: READERS_AND_AGENTS,
    query: SalePreviewQuery,
    answers: list('A page of previews', SalePreview),
  }),
  decideSalePreview: operation({
    id: 'decideSalePreview',
    method: 'POST',
    path: '/v1/sale-previews/{id}/decision',
    summary: 'Releases what an agent wants to sell, or declines it',
    description: 'Only the agent confirms, and only within its caps. Repeating a decision changes nothing more.',
    ...ofAgents,
    roles: SELLERS,
    params: Preview,
    body: SalePreviewDecision,
    bodyExample: { decision: 'release' },
    answers: { 200: answer('The preview as it is now', SalePreview) },
    reasons: ['already_decided', 'preview_expired'],
  }),
  confirmSale: operation({
    id: 'confirmSale',
    method: 'POST',
    path: '/v1/sale-previews/{id}/confirmation',
    summary: 'Sells what was previewed and released, once',
    description:
      'The sale is made under the preview, so repeating this never sells twice: it answers how the sale stands. What is refused ' +
      'counts towards no cap. The sale has the agent as its `user_id`, and never costs more than the preview said.',
    ...ofAgents,
    roles: AGENTS,
    params: Preview,
    body: SaleConfirmation,
    bodyExample: { token: 'shown-this-once' },
    answers: { 201: answer('Sold (`ok`), or not yet known (`pending`)', DistributorTransaction) },
    reasons: [
      'preview_not_released',
      'preview_expired',
      'already_decided',
      'offer_not_allowed',
      'agent_limit_reached',
      'bucket_empty',
      'price_changed',
      'idempotency_in_progress',
    ],
  }),
} as const;
