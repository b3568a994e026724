import { accessOf } from '@opentopup/client/cli/access';
import { askSecret } from '@opentopup/client/cli/ask';

import { Misuse } from '@opentopup/client/cli/misuse';
import type { CliSession } from '@opentopup/client/cli/session';
import { type DefineVerb, withExamples } from '@opentopup/client/cli/verbs/verb';
import type { Permission } from './conformance/check.ts';
import type { RunOptions } from './conformance/run-checks.ts';
import { CONFORMANCE_OPTION_WORDS } from './conformance-words.ts';

interface Options {
  url?: string;
  clientId?: string;
  tokenUrl?: string;
  sell?: true;
  offer?: string;
  msisdn?: string;
  refused?: string;
  replaceKey?: true;
  limits?: true;
  junit?: string;
  html?: string;
  badge?: string;
}

/** The base of a sandbox, as the description has it: nothing is delivered there. */
const SANDBOX = /\/travel-b2b-sandbox\/v1$/;
/** The number of the written guide, and one of the simulator's. */
const TEST_NUMBER = '0684587587';
const REFUSED_TEST_NUMBER = '0684587002';

/** Defines `conformance`: looks whether any server keeps to the description of Travel B2B 1.7. */
export const defineConformance: DefineVerb = (program, cli) => {
  const { t } = cli;
  const words = CONFORMANCE_OPTION_WORDS[cli.locale.language];
  const conformance = program
    .command('conformance')
    .description(words.about)
    .option('--url <url>', t.options.url)
    .option('--client-id <id>', t.options.clientId)
    .option('--token-url <url>', words.tokenUrl)
    .option('--sell', words.sell)
    .option('--offer <id>', words.offer)
    .option('--msisdn <number>', words.msisdn)
    .option('--refused <number>', words.refused)
    .option('--replace-key', words.replaceKey)
    .option('--limits', words.limits)
    .option('--junit <file>', words.junit)
    .option('--html <file>', words.html)
    .option('--badge <file>', words.badge)
    .action(
      cli.run(async (session, options: Options) => {
        const run = await runOptions(session, options);
        // Loaded only here: with the description, it is as long as all other commands.
        const { conform } = await import('./conformance/conform.ts');
        return conform(session, run, options);
      }),
    );
  withExamples(
    conformance,
    cli,
    'opentopup conformance',
    'opentopup conformance --url https://api.example.com/travel-b2b-sandbox/v1 --client-id till-4 --sell < secret.txt',
    'opentopup conformance --sell --junit results.xml --html results.html --badge badge.svg',
    'opentopup conformance --json > results.json',
  );
};

/** Reads the options: where, who, and what the run is allowed. */
async function runOptions(session: CliSession, options: Options): Promise<Omit<RunOptions, 'onProgress'>> {
  const { io, t, signal } = session;
  const words = CONFORMANCE_OPTION_WORDS[session.locale.language];
  const env = {
    ...io.env,
    ...(options.url && { OPENTOPUP_URL: options.url }),
    ...(options.clientId && { OPENTOPUP_CLIENT_ID: options.clientId }),
  };
  const { url, client_id: clientId, client_secret: kept } = accessOf(env, session.options.profile, t);
  const baseUrl = url.replace(/\/+$/, '');
  if (!/^https?:$/.test(URL.parse(baseUrl)?.protocol ?? '')) throw new Misuse(t.access.badUrl(url));
  if (!clientId) throw new Misuse(t.access.noClient);
  const isSandbox = SANDBOX.test(baseUrl);
  for (const name of ['replaceKey', 'offer', 'msisdn', 'refused'] as const) {
    if (options[name] && !options.sell)
      throw new Misuse(words.needsSell(name === 'replaceKey' ? '--replace-key' : `--${name}`));
  }
  if (options.sell && !isSandbox && !options.msisdn) throw new Misuse(words.noNumber);
  const permissions = new Set<Permission>();
  if (options.sell) permissions.add('sell');
  if (options.replaceKey) permissions.add('replace_key');
  if (options.limits) permissions.add('limits');
  const msisdn = options.msisdn ?? TEST_NUMBER;
  const refused = options.refused ?? (options.msisdn ? undefined : REFUSED_TEST_NUMBER);
  return {
    baseUrl,
    tokenUrl: new URL(options.tokenUrl ?? '/oauth/v3/token', baseUrl).href,
    clientId,
    // The secret that is kept belongs to the client that is kept.
    clientSecret:
      (options.clientId && !io.env['OPENTOPUP_CLIENT_SECRET'] ? undefined : kept) ??
      (await askSecret(session, t.login.askClientSecret)),
    signal,
    permissions,
    wares: { isSandbox, msisdn, ...(refused && { refused }), ...(options.offer && { offer: options.offer }) },
  };
}
