import type { Command } from 'commander';
import { DEFAULT_PROFILE } from '../access.ts';
import { askSecret, askText } from '../ask.ts';
import type { Cli } from '../cli.ts';
import { Misuse } from '../misuse.ts';
import { type Profile, Profiles } from '../profiles.ts';
import type { CliSession } from '../session.ts';
import { readText } from './keys.ts';
import { withExamples } from './verb.ts';

interface Options {
  url?: string;
  clientId?: string;
  operator?: true;
  from?: string;
}

/** Keeps where a server is and who somebody is there, once the server has confirmed it. */
export function defineLogin(program: Command, cli: Cli): void {
  const { t } = cli;
  const login = program
    .command('login')
    .description(t.login.about)
    .option('--url <url>', t.options.url)
    .option('--client-id <id>', t.options.clientId)
    .option('--operator', t.login.operator)
    .option('--from <file>', t.login.from)
    .action(cli.run(logIn));
  withExamples(
    login,
    cli,
    'opentopup login',
    'opentopup login --from data/demo.json',
    'opentopup login --url https://api.example.com/travel-b2b/v1 --client-id till-4 < secret.txt',
    'opentopup login --operator --profile head-office',
  );

  const logout = program
    .command('logout')
    .description(t.login.out)
    .action(
      cli.run(async ({ io, options, out }) => {
        const name = options.profile ?? DEFAULT_PROFILE;
        if (!new Profiles(io.env).remove(name)) throw new Misuse(t.access.noProfile(name));
        out.say(t.login.forgotten(name));
      }),
    );
  withExamples(logout, cli, 'opentopup logout');
}

async function logIn(session: CliSession, options: Options): Promise<void> {
  const { io, out, t, options: global } = session;
  const profiles = new Profiles(io.env);
  const name = global.profile ?? DEFAULT_PROFILE;
  const profile =
    options.from === undefined ? await asked(session, options, profiles.get(name)) : fromFile(session, options.from);
  if (!URL.canParse(profile.url)) throw new Misuse(t.access.badUrl(profile.url));
  await check(session, profile);
  profiles.set(name, profile);
  out.say(t.login.kept(name, profiles.path));
  out.json({ profile: name, url: profile.url, path: profiles.path });
}

/** Asks for what is not given. Of the profile as it was, the server and what is not asked for are kept. */
async function asked(session: CliSession, options: Options, before: Profile | undefined): Promise<Profile> {
  const { t, mayAsk } = session;
  const text = async (given: string | undefined, question: string, flag: string, initial?: string): Promise<string> => {
    if (given !== undefined) return given;
    if (!mayAsk) throw new Misuse(t.login.needs(flag));
    return askText(session, question, initial);
  };
  const url = await text(options.url, t.login.askUrl, '--url', before?.url);
  const kept = url === before?.url ? before : {};
  if (options.operator) return { ...kept, url, admin_token: await askSecret(session, t.login.askAdminToken) };
  const client_id = await text(options.clientId, t.login.askClientId, '--client-id', before?.client_id);
  return { ...kept, url, client_id, client_secret: await askSecret(session, t.login.askClientSecret) };
}

/** Reads the file that the demo of a server writes. */
function fromFile(session: CliSession, file: string): Profile {
  const { t } = session;
  try {
    const { base_url, client_id, client_secret, admin_token } = JSON.parse(readText(session, file)) as Record<
      string,
      string
    >;
    if (base_url && client_id && client_secret) {
      return { url: base_url, client_id, client_secret, ...(admin_token && { admin_token }) };
    }
  } catch (error) {
    if (error instanceof Misuse) throw error;
  }
  throw new Misuse(t.login.notDemo(file));
}

/** Asks the server something harmless in somebody's name. */
async function check(session: CliSession, profile: Profile): Promise<void> {
  const as = session.as(profile);
  if (profile.client_id) await as.client().offers.page({ limit: 1 }, session);
  if (profile.admin_token) await as.operator().call('listDistributors', { query: { limit: 1 } }, session);
}
