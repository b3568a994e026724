import Type from 'typebox';
import { MANAGERS, READERS, SUPPORT } from '../access/role-groups.ts';
import { EXAMPLE_IDS } from '../example-values.ts';
import { Uuid } from '../formats.ts';
import { operation } from '../operation.ts';
import { answer, Id, list, ofDistributor, ofOperator } from '../operation-parts.ts';
import { Page } from '../service.ts';
import { DisputeLink, DisputeLinkCreation, NewDisputeLink } from './disputes.ts';

const LinkId = Type.Object({ id: { ...Uuid, examples: [EXAMPLE_IDS.dispute] } });
const description =
  'Whoever has the address sees the whole story on one page, with the number masked, and a signed file that proves itself. ' +
  'Each opening stands in the audit trail.';

/** Links by which a distributor shows somebody the story of a sale. */
export const DISPUTE_OPERATIONS = {
  createOwnDisputeLink: operation({
    id: 'createOwnDisputeLink',
    method: 'POST',
    path: '/v1/transactions/{id}/dispute-links',
    tag: 'Transactions',
    summary: 'Makes a link by which somebody without an account sees the story of a sale',
    description,
    ...ofDistributor,
    roles: MANAGERS,
    params: Id,
    body: DisputeLinkCreation,
    bodyExample: { days: 14 },
    answers: { 201: answer('The link, whose address is told this once', NewDisputeLink) },
    reasons: ['not_configured'],
  }),
  listOwnDisputeLinks: operation({
    id: 'listOwnDisputeLinks',
    method: 'GET',
    path: '/v1/transactions/{id}/dispute-links',
    tag: 'Transactions',
    summary: 'Your links to the story of a sale, newest first',
    ...ofDistributor,
    roles: READERS,
    params: Id,
    query: Page,
    answers: list('A page of links', DisputeLink),
  }),
  revokeOwnDisputeLink: operation({
    id: 'revokeOwnDisputeLink',
    method: 'DELETE',
    path: '/v1/dispute-links/{id}',
    tag: 'Transactions',
    summary: 'Closes a link to the story of a sale',
    ...ofDistributor,
    roles: MANAGERS,
    params: LinkId,
    answers: { 200: answer('The link as it is now', DisputeLink) },
  }),
} as const;

/** The same of the operator, whose links show what was said to suppliers too. */
export const OPERATOR_DISPUTE_OPERATIONS = {
  createDisputeLink: operation({
    id: 'createDisputeLink',
    method: 'POST',
    path: '/admin/v1/transactions/{id}/dispute-links',
    tag: 'All transactions',
    summary: 'Makes a link by which somebody without an account sees the story of a sale',
    description: `${description} That of the operator shows what was said to the supplier too, which may tell what it charges.`,
    ...ofOperator,
    roles: SUPPORT,
    params: Id,
    body: DisputeLinkCreation,
    bodyExample: { days: 14 },
    answers: { 201: answer('The link, whose address is told this once', NewDisputeLink) },
    reasons: ['not_configured'],
  }),
  listDisputeLinks: operation({
    id: 'listDisputeLinks',
    method: 'GET',
    path: '/admin/v1/transactions/{id}/dispute-links',
    tag: 'All transactions',
    summary: 'All links to the story of a sale, newest first',
    ...ofOperator,
    roles: SUPPORT,
    params: Id,
    query: Page,
    answers: list('A page of links', DisputeLink),
  }),
  revokeDisputeLink: operation({
    id: 'revokeDisputeLink',
    method: 'DELETE',
    path: '/admin/v1/dispute-links/{id}',
    tag: 'All transactions',
    summary: 'Closes a link to the story of a sale, whoever has made it',
    ...ofOperator,
    roles: SUPPORT,
    params: LinkId,
    answers: { 200: answer('The link as it is now', DisputeLink) },
  }),
} as const;
