import type { Operation } from '@opentopup/contract';
import { distributorClient } from '../support/caller.ts';
import { rawSignIn } from '../support/raw-caller.ts';
import type { DemoPlace, RunningServer } from '../support/server.ts';

const NO_CAPS = { units_per_hour: 0, units_per_day: 0, line_units_per_day: 0, amount_per_day: 0, released_up_to: null };

/** Makes an agent that may sell nothing, for what is asked of any agent; gives its token. */
export async function idleAgentToken(server: RunningServer, { demo }: DemoPlace): Promise<string> {
  const { agents } = distributorClient(server, demo).opentopup;
  const agent = await agents.create({ name: 'Idle', world: 'live', offers: [], currency: 'EUR', ...NO_CAPS });
  return (await rawSignIn(server, agent)).token;
}

/** Tells whether nobody but agents may call an operation. */
export const isForAgents = ({ roles }: Operation): boolean => roles?.every((role) => role === 'agent') ?? false;
