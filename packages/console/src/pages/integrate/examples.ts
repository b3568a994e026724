import { SANDBOX_BASE } from '../../server.ts';
import { CALLS, type CallName } from './calls.ts';
import { javaCode, phpCode, pythonCode } from './programs.ts';
import type { CallRequest } from './request.ts';

/** Within single quotes of a shell. */
const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

const TOKEN = (server: string): string => `TOKEN=$(curl -s -u "$CLIENT_ID:$CLIENT_SECRET" \\
  -d grant_type=client_credentials ${server}/oauth/v3/token | jq -r .access_token)`;

/** Writes a request as it is typed into a terminal. */
function curlLines(server: string, { method, path, headers, body }: CallRequest, isPublic: boolean): string {
  const parts = [
    `curl -s${method === 'GET' ? '' : ` -X ${method}`}`,
    ...(isPublic ? [] : ['-H "Authorization: Bearer $TOKEN"']),
    ...Object.entries(headers).map(([name, value]) => `-H ${quoted(`${name}: ${value}`)}`),
    ...(body ? [`-d ${quoted(JSON.stringify(body))}`] : []),
    quoted(server + path),
  ];
  return [...(isPublic ? [] : [TOKEN(server)]), parts.join(' \\\n  ')].join('\n\n');
}

/** A value as it is written in TypeScript. */
const literal = (value: object): string => JSON.stringify(value, null, 2).replaceAll(/^(\s*)"(\w+)":/gm, '$1$2:');

/** Gives an order in the client's own words: its reference is the key. */
function orderOf({ body = {}, headers }: CallRequest): object {
  const { offer_id, parameters, user_id, voucher_id, ...opentopup } = body;
  const reference = headers['Idempotency-Key'];
  return {
    offer_id,
    parameters,
    reference,
    user_id,
    voucher_id,
    ...(Object.keys(opentopup).length > 0 && { opentopup }),
  };
}

function callOf(name: CallName, request: CallRequest): string {
  if (name === 'isAlive') return 'api.live()';
  if (name === 'createTransaction') {
    return `api.${request.body?.['parameters'] ? 'topups' : 'esims'}.create(${literal(orderOf(request))})`;
  }
  const { params, query, body } = request;
  const given = Object.entries({ params, query, body }).filter(([, part]) => part && Object.keys(part).length > 0);
  return `api.operations.call('${name}'${given.length > 0 ? `, ${literal(Object.fromEntries(given))}` : ''})`;
}

/** Writes the same request with the client of this project. */
const clientCode = (base: string, name: CallName, request: CallRequest): string =>
  `import { TravelB2B } from '@opentopup/client';

const api = new TravelB2B({
  baseUrl: '${base}',
  clientId: process.env.CLIENT_ID,
  clientSecret: process.env.CLIENT_SECRET,
});
console.log(await ${callOf(name, request)});`;

/** The languages in which a request is shown. */
export const CODE_LANGUAGES = ['curl', 'client', 'python', 'php', 'java'] as const;
export type CodeLanguage = (typeof CODE_LANGUAGES)[number];

const PROGRAMS = { curl: curlLines, python: pythonCode, php: phpCode, java: javaCode };

/** Writes a request as code that runs as it stands, with the credentials in its environment. */
export const codeIn = (language: CodeLanguage, server: string, name: CallName, request: CallRequest): string =>
  language === 'client'
    ? clientCode(server + SANDBOX_BASE, name, request)
    : PROGRAMS[language](server, request, CALLS[name].access === 'public');
