import type { Json } from '../openapi/schemas.ts';
import { byTag, COLLECTION_VARIABLES, type CollectedRequest, collectedRequests } from './collected-requests.ts';

const AUTH: Readonly<Record<CollectedRequest['access'], Json>> = {
  public: { mode: 'none' },
  client: { mode: 'basic', basic: { username: '{{clientId}}', password: '{{clientSecret}}' } },
  distributor: { mode: 'bearer', bearer: { token: '{{token}}' } },
  operator: { mode: 'bearer', bearer: { token: '{{adminToken}}' } },
};

const KEEP_TOKEN = "bru.setVar('token', res.body.access_token);";

const bodyOf = ({ body }: CollectedRequest): Json => {
  if (!body) return { mode: 'none' };
  return body.type === 'application/json' ? { mode: 'json', json: body.text } : { mode: 'text', text: body.text };
};

function itemOf(request: CollectedRequest, index: number): Json {
  const { summary, method, target, query, headers, access } = request;
  return {
    type: 'http',
    name: summary,
    seq: index + 1,
    request: {
      method,
      url: target,
      params: query.map(([name, value]) => ({ name, value, type: 'query', enabled: true })),
      headers: headers.map(([name, value]) => ({ name, value, enabled: true })),
      auth: AUTH[access],
      body: bodyOf(request),
      ...(access === 'client' && { script: { res: KEEP_TOKEN } }),
    },
  };
}

/** Writes all operations as a collection that Bruno imports. */
export function brunoCollection(): Json {
  const variables = Object.entries(COLLECTION_VARIABLES).map(([name, value]) => ({
    name,
    value,
    type: 'text',
    enabled: true,
    secret: name === 'clientSecret' || name === 'adminToken',
  }));
  return {
    name: 'OpenTopup',
    version: '1',
    items: byTag(collectedRequests()).map(([name, requests]) => ({
      type: 'folder',
      name,
      items: requests.map(itemOf),
    })),
    environments: [{ name: 'OpenTopup', variables }],
  };
}
