import type { AddressInfo } from 'node:net';
import type { Settings } from '../config.ts';
import type { DemoFile } from './demo-file.ts';

/** Writes where the server answers, as somebody on this machine would. */
export function baseUrlOf({ port }: AddressInfo, host: string): string {
  const name = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
  return `http://${name.includes(':') ? `[${name}]` : name}:${port}`;
}

/** Names the database for the terminal. */
export const databaseOf = (settings: Settings): string =>
  settings.DATABASE_URL ? 'PostgreSQL' : `embedded database in ${settings.DATA_DIR}`;

/** Writes what the terminal shows once the server is up. */
export function welcome(version: string, baseUrl: string, database: string): string {
  return `\nOpenTopup ${version} is ready at ${baseUrl} (${database})\nIts API is described at ${baseUrl}/docs, its console is at ${baseUrl}/\n`;
}

/** Writes where the operator's first account is made; beside a demo, which has accounts, that is for going on without it. */
export const welcomeToFirstAccount = (link: string, isDemo: boolean): string =>
  `\n${isDemo ? 'To go on without the accounts of the demo: the' : 'The'} operator’s first account is made here, once:\n\n  ${link}\n`;

/** Lines to paste: a token, then a sale. */
export function welcomeToDemo(demo: DemoFile, file: string): string {
  const offer = demo.offers.find(({ kind }) => kind === 'msisdn');
  return `
Get a token:

  TOKEN=$(curl -s -u '${demo.client_id}:${demo.client_secret}' -d grant_type=client_credentials ${demo.base_url}/oauth/v3/token | sed 's/.*"access_token":"\\([^"]*\\)".*/\\1/')

Sell a top-up:

  curl -s -H "Authorization: Bearer $TOKEN" -H 'Content-Type: application/json' -d '{"offer_id":"${offer?.id}","parameters":{"msisdn":"+33684587587"}}' ${demo.base_url}/distributors/transactions

Sign in to the console at ${demo.base_url}/ as the distributor, or as the operator (docs/operate/accounts.md):

  ${demo.console.distributor_admin.email}  ${demo.console.distributor_admin.password}
  ${demo.console.operator.email}  ${demo.console.operator.password}

More offers and accounts, and the operator's token, are in ${file}. Ctrl+C stops.
`;
}
