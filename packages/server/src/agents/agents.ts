import {
  type AgentCaps,
  type AgentChange,
  type AgentCreation,
  DEFAULT_REQUESTS_PER_MINUTE,
  type Refusal,
  refuse,
} from '@opentopup/contract';
import { addOwnClient, type CredentialWithSecret } from '../access/credentials/credentials.ts';
import { noteChange } from '../audit/audit.store.ts';
import type { Context } from '../context.ts';
import type { Query } from '../database/database.ts';
import { difference } from '../values/difference.ts';
import { isCurrency, minorOf } from '../values/money.ts';
import { type AgentRow, findAgent } from './agents.query.ts';
import { countOffers, lockAgent, setCaps } from './agents.store.ts';
import { wireAgent } from './agents.wire.ts';
import type { Caps } from './caps.rules.ts';

/** Reads caps as they are kept, or why they cannot be. */
async function readCaps(tx: Query, distributor_id: string, wire: AgentCaps): Promise<Caps | Refusal> {
  const { amount_per_day, released_up_to, currency, ...caps } = wire;
  if (!isCurrency(currency)) return refuse('invalid_body_field', { field: 'currency', detail: 'not known' });
  const fault = (field: string) => refuse('invalid_body_field', { field, detail: 'too many digits behind the point' });
  const amount_per_day_minor = minorOf(amount_per_day, currency);
  if (amount_per_day_minor === null) return fault('amount_per_day');
  const released_up_to_minor = released_up_to === null ? null : minorOf(released_up_to, currency);
  if (released_up_to !== null && released_up_to_minor === null) return fault('released_up_to');
  const offers = caps.offers.map((id) => id.toLowerCase());
  if ((await countOffers(tx, distributor_id, offers)) < new Set(offers).size) {
    return refuse('not_found', { field: 'offers', detail: 'an offer of these is not found in this world' });
  }
  return { ...caps, offers, currency, amount_per_day_minor, released_up_to_minor };
}

async function readAgent(tx: Query, distributor_id: string, client_id: string): Promise<AgentRow> {
  const agent = await findAgent(tx, [distributor_id], client_id);
  if (!agent) throw new Error('an agent that was just kept is not there');
  return agent;
}

/** Makes an agent of a distributor: a client of its own name, with caps. */
export const createAgent = (
  ctx: Context,
  distributor_id: string,
  { name, ...wire }: Omit<AgentCreation, 'world'>,
  owners: readonly string[],
  actor: string,
): Promise<{ agent: AgentRow; client_secret: string } | Refusal> =>
  ctx.store.db.transaction(async (tx) => {
    const caps = await readCaps(tx, distributor_id, wire);
    if ('reason' in caps) return caps;
    const wanted = { name, owners, most: DEFAULT_REQUESTS_PER_MINUTE, called: name };
    const made: CredentialWithSecret | Refusal = await addOwnClient(ctx, tx, distributor_id, wanted, actor);
    if ('reason' in made) return made;
    const { client_id } = made.credential;
    await setCaps(tx, distributor_id, client_id, caps);
    const details = { after: { name, ...wire } };
    await noteChange(tx, {
      at: ctx.now(),
      actor,
      action: 'agent.created',
      subject: client_id,
      distributor_id,
      details,
    });
    return { agent: await readAgent(tx, distributor_id, client_id), client_secret: made.client_secret };
  });

/** Changes the caps of an agent of one of these distributors. */
export const changeAgent = (
  ctx: Context,
  owners: readonly string[],
  client_id: string,
  change: AgentChange,
  actor: string,
): Promise<AgentRow | Refusal> =>
  ctx.store.db.transaction(async (tx) => {
    await lockAgent(tx, client_id);
    const before = await findAgent(tx, owners, client_id);
    if (!before) return refuse('not_found', { detail: `agent ${client_id} not found` });
    const { distributor_id } = before;
    const wire = wireAgent(before);
    const details = difference(wire, change);
    if (!details) return before;
    const caps = await readCaps(tx, distributor_id, { ...wire, ...change });
    if ('reason' in caps) return caps;
    await setCaps(tx, distributor_id, client_id, caps);
    await noteChange(tx, {
      at: ctx.now(),
      actor,
      action: 'agent.changed',
      subject: client_id,
      distributor_id,
      details,
    });
    return readAgent(tx, distributor_id, client_id);
  });
