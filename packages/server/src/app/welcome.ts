import type { DemoFile } from './demo-file.ts';

/** Writes what the terminal shows once the server is up. */
export function welcome(version: string, baseUrl: string, database: string): string {
  return `\nOpenTopup ${version} is ready at ${baseUrl} (${database})\nIts API is described at ${baseUrl}/docs, its console is at ${baseUrl}/\n`;
}

/** Writes where the operator's first account is made. */
export const welcomeToFirstAccount = (link: string): string =>
  `\nThe operator’s first account is made here, once:\n\n  ${link}\n`;

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
