import Type from 'typebox';
import { READERS } from '../access/role-groups.ts';
import { EXAMPLE_IDS } from '../example-values.ts';
import { Uuid } from '../formats.ts';
import { operation } from '../operation.ts';
import { answer, list, ofDistributor } from '../operation-parts.ts';
import { LoggedRequest, RefusalGroup, RefusalGroupQuery, RequestQuery } from './requests.ts';

const ofRequests = { tag: 'Own requests', ...ofDistributor, roles: READERS } as const;

/** What the programs of a distributor asked, and were answered. */
export const REQUEST_OPERATIONS = {
  listRequests: operation({
    id: 'listRequests',
    method: 'GET',
    path: '/v1/requests',
    summary: 'What your clients asked and were answered, newest first',
    description:
      'Of each client the last 1,000 requests that were answered and the last 50,000 that were refused, of the last 14 days; a ' +
      'second or two after they were answered. Under load some may be missing: no sale waits for this. With a session, those in ' +
      'your sandbox too.',
    ...ofRequests,
    query: RequestQuery,
    answers: list('A page of requests', LoggedRequest),
  }),
  getRequest: operation({
    id: 'getRequest',
    method: 'GET',
    path: '/v1/requests/{id}',
    summary: 'One request, by the `request_id` that it was answered with',
    ...ofRequests,
    params: Type.Object({ id: { ...Uuid, examples: [EXAMPLE_IDS.request] } }),
    answers: { 200: answer('The request', LoggedRequest) },
  }),
  listRefusalGroups: operation({
    id: 'listRefusalGroups',
    method: 'GET',
    path: '/v1/request-refusals',
    summary: 'What your clients were refused, grouped by what is alike, most often first',
    description: 'Of orders, by how the line was written: 412 times `bad_parameter`, of ten digits that begin with 08.',
    ...ofRequests,
    query: RefusalGroupQuery,
    answers: list('A page of groups', RefusalGroup),
  }),
} as const;
