import type { Json } from '../openapi/schemas.ts';
import { byTag, COLLECTION_VARIABLES, type CollectedRequest, collectedRequests } from './collected-requests.ts';

const SCHEMA = 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json';

const secret = (type: string, values: Record<string, string>): Json => ({
  type,
  [type]: Object.entries(values).map(([key, value]) => ({ key, value, type: 'string' })),
});
const AUTH: Readonly<Record<CollectedRequest['access'], Json>> = {
  public: { type: 'noauth' },
  client: secret('basic', { username: '{{clientId}}', password: '{{clientSecret}}' }),
  distributor: secret('bearer', { token: '{{token}}' }),
  operator: secret('bearer', { token: '{{adminToken}}' }),
};

/** Keeps the token for the requests that follow. */
const KEEP_TOKEN = {
  listen: 'test',
  script: { type: 'text/javascript', exec: ["pm.collectionVariables.set('token', pm.response.json().access_token);"] },
};

function itemOf({ id, summary, method, url, query, target, headers, body, access }: CollectedRequest): Json {
  const [host = '', ...path] = url.replaceAll('}}{{', '}}/{{').split('/');
  return {
    name: summary,
    request: {
      description: id,
      method,
      auth: AUTH[access],
      header: headers.map(([key, value]) => ({ key, value })),
      url: {
        raw: target,
        host: [host],
        path,
        ...(query.length > 0 && { query: query.map(([key, value]) => ({ key, value })) }),
      },
      ...(body && {
        body: {
          mode: 'raw',
          raw: body.text,
          ...(body.type === 'application/json' && { options: { raw: { language: 'json' } } }),
        },
      }),
    },
    ...(access === 'client' && { event: [KEEP_TOKEN] }),
  };
}

/** Writes all operations as a collection of Postman, version 2.1. */
export function postmanCollection(): Json {
  return {
    info: { name: 'OpenTopup', schema: SCHEMA, description: 'Get a token first: the other requests use it.' },
    variable: Object.entries({ ...COLLECTION_VARIABLES, token: '' }).map(([key, value]) => ({ key, value })),
    item: byTag(collectedRequests()).map(([name, requests]) => ({ name, item: requests.map(itemOf) })),
  };
}
