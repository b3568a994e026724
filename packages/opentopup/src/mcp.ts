import { AuthenticationError, type TravelB2B } from '@opentopup/client';
import { Misuse } from '@opentopup/client/cli/misuse';
import type { CliSession } from '@opentopup/client/cli/session';
import { type DefineVerb, whole, withExamples } from '@opentopup/client/cli/verbs/verb';
import { MCP_WORDS } from './mcp-words.ts';

interface Options {
  http?: number;
  live?: true;
}

/** Defines `mcp`: serves the tools of an agent to an assistant. */
export const defineMcp: DefineVerb = (program, cli) => {
  const words = MCP_WORDS[cli.locale.language];
  const mcp = program
    .command('mcp')
    .description(words.about)
    .option('--http <port>', words.http, whole(cli, 0))
    .option('--live', words.live)
    .action(
      cli.run(async (session, { http, live }: Options) => {
        const shop = await agentOf(session, live === true);
        // Loaded only here: with the SDK, they are longer than all other commands.
        const { agentServer } = await import('./mcp/tools.ts');
        const make = () => agentServer(shop);
        if (http === undefined) {
          const { serveOnStdio } = await import('./mcp/stdio.ts');
          await serveOnStdio(make, session);
        } else {
          const { serveOnHttp } = await import('./mcp/http.ts');
          await serveOnHttp(make, http, session, words);
        }
      }),
    );
  withExamples(mcp, cli, 'opentopup mcp --profile concierge', 'opentopup mcp --profile concierge --live --http 8791');
};

/** Returns the client of the agent that a profile or the environment names, in its own world. */
async function agentOf(session: CliSession, isLiveWanted: boolean): Promise<TravelB2B> {
  const words = MCP_WORDS[session.locale.language];
  const root = session.url.replace(/\/+$/, '').replace(/\/travel-b2b(-sandbox)?\/v1$/, '');
  try {
    const { world } = await session.client({ baseUrl: root }).opentopup.agents.own(session);
    if (world === 'live' && !isLiveWanted) throw new Misuse(words.needsLive);
    return session.client({ baseUrl: world === 'live' ? root : `${root}/travel-b2b-sandbox/v1` });
  } catch (error) {
    // Whatever else a client may do, no assistant gets it.
    if (error instanceof AuthenticationError && error.status === 403) throw new Misuse(words.noAgent);
    throw error;
  }
}
