import { COLLECTION_VARIABLES, type CollectedRequest, collectedRequests } from './collected-requests.ts';

const AUTH: Readonly<Record<CollectedRequest['access'], string | null>> = {
  public: null,
  client: 'Basic {{clientId}} {{clientSecret}}',
  distributor: 'Bearer {{token.response.body.access_token}}',
  operator: 'Bearer {{adminToken}}',
};

function blockOf({ summary, method, target, headers, body, access }: CollectedRequest): string {
  const authorization = AUTH[access];
  return [
    `### ${summary}`,
    ...(access === 'client' ? ['# @name token'] : []),
    `${method} ${target}`,
    ...(authorization === null ? [] : [`Authorization: ${authorization}`]),
    ...headers.map(([name, value]) => `${name}: ${value}`),
    ...(body ? ['', body.text.trimEnd()] : []),
  ].join('\n');
}

/** Writes all operations as a file of requests, as editors send them. Send the first one first: the others use its token. */
export function httpFile(): string {
  const variables = Object.entries(COLLECTION_VARIABLES).map(([name, value]) => `@${name} = ${value}`);
  return `${[variables.join('\n'), ...collectedRequests().map(blockOf)].join('\n\n')}\n`;
}
