import type { Agent, AgentCaps, SalePreview } from '@opentopup/contract';
import type { Command } from 'commander';
import type { Cli } from '../cli.ts';
import { Misuse } from '../misuse.ts';
import type { Column } from '../output/column.ts';
import type { CliSession } from '../session.ts';
import { offerId } from './find-offer.ts';
import { amount, oneOf, whole, withExamples } from './verb.ts';

type ToldAgent = Agent & { client_secret?: string };

const currency = ({ currency: code }: { currency: string }): string => code;
const COLUMNS: Column<ToldAgent>[] = [
  { name: 'client_id', kind: 'text', of: ({ client_id }) => client_id },
  { name: 'name', kind: 'text', of: ({ name }) => name },
  { name: 'world', kind: 'text', of: ({ world }) => world },
  { name: 'offers', kind: 'count', of: ({ offers }) => offers.length },
  { name: 'units_per_hour', kind: 'count', of: ({ units_per_hour }) => units_per_hour },
  { name: 'units_per_day', kind: 'count', of: ({ units_per_day }) => units_per_day },
  { name: 'line_units_per_day', kind: 'count', of: ({ line_units_per_day }) => line_units_per_day },
  { name: 'amount_per_day', kind: 'money', of: ({ amount_per_day }) => amount_per_day, currency },
  { name: 'released_up_to', kind: 'money', of: ({ released_up_to }) => released_up_to, currency },
  { name: 'units_last_day', kind: 'count', of: ({ used }) => used.units_last_day },
  { name: 'revocation_date', kind: 'date', of: ({ revocation_date }) => revocation_date },
];
const NEW_FIELDS: Column<ToldAgent>[] = [
  ...COLUMNS,
  { name: 'client_secret', kind: 'text', of: ({ client_secret }) => client_secret },
];

const PREVIEW_COLUMNS: Column<SalePreview>[] = [
  { name: 'creation_date', kind: 'date', of: ({ creation_date }) => creation_date },
  { name: 'status', kind: 'status', of: ({ status }) => status },
  { name: 'agent', kind: 'text', of: ({ agent_name }) => agent_name },
  { name: 'offer_name', kind: 'text', of: ({ offer_name }) => offer_name },
  { name: 'line', kind: 'line', of: ({ parameters }) => parameters.msisdn ?? parameters.simId },
  { name: 'price', kind: 'money', of: ({ price }) => price, currency },
  { name: 'decided_by', kind: 'text', of: ({ decided_by }) => decided_by },
  { name: 'reason', kind: 'text', of: ({ reason }) => reason },
  { name: 'transaction_id', kind: 'id', of: ({ transaction_id }) => transaction_id },
  { name: 'id', kind: 'id', of: ({ id }) => id },
];
const PREVIEW_STATUSES = ['waiting', 'released', 'declined', 'expired', 'confirmed', 'refused'] as const;

interface CapOptions {
  offers?: string[];
  unitsPerHour?: number;
  unitsPerDay?: number;
  lineUnitsPerDay?: number;
  amountPerDay?: number;
  currency?: string;
  releasedUpTo?: number;
}

/** Adds the options of caps to a command. */
const withCaps = (command: Command, cli: Cli): Command => {
  const { agents } = cli.t;
  return command
    .option('--offers <offer...>', agents.offers)
    .option('--units-per-hour <number>', agents.unitsPerHour, whole(cli, 0))
    .option('--units-per-day <number>', agents.unitsPerDay, whole(cli, 0))
    .option('--line-units-per-day <number>', agents.lineUnitsPerDay, whole(cli, 0))
    .option('--amount-per-day <amount>', agents.amountPerDay, amount(cli))
    .option('--currency <code>', agents.currency)
    .option('--released-up-to <price>', agents.releasedUpTo, amount(cli));
};

/** Reads the caps that were given, offers by their ids or names. */
async function capsOf(session: CliSession, options: CapOptions): Promise<Partial<AgentCaps>> {
  const { offers: named, unitsPerHour, unitsPerDay, lineUnitsPerDay, amountPerDay, releasedUpTo } = options;
  const client = session.client();
  const offers = named && (await Promise.all(named.map((each) => offerId(session, client, each))));
  const caps = {
    offers,
    units_per_hour: unitsPerHour,
    units_per_day: unitsPerDay,
    line_units_per_day: lineUnitsPerDay,
    amount_per_day: amountPerDay,
    currency: options.currency,
    released_up_to: releasedUpTo,
  };
  return Object.fromEntries(Object.entries(caps).filter(([, value]) => value !== undefined));
}

/** Defines `agents`: assistants that sell within caps, and what they want to sell. */
export function defineAgents(program: Command, cli: Cli): void {
  const { t } = cli;
  const agents = program.command('agents').description(t.agents.about);

  const list = agents
    .command('list')
    .description(t.agents.list)

    .action(
      cli.run(async (session) => {
        await session.out.list<ToldAgent>(session.client().opentopup.agents.list(session), COLUMNS);
      }),
    );
  withExamples(list, cli, 'opentopup agents list');

  const create = withCaps(agents.command('create').description(t.agents.create), cli)
    .argument('<name>', t.agents.name)
    .option('--live', t.agents.live)
    .action(
      cli.run(async (session, name: string, { live, ...options }: CapOptions & { live?: true }) => {
        const { amount_per_day, ...caps } = await capsOf(session, options);
        if (!caps.offers || amount_per_day === undefined || !caps.currency) throw new Misuse(t.agents.needed);
        const body = {
          name,
          world: live ? ('live' as const) : ('sandbox' as const),
          units_per_hour: 10,
          units_per_day: 50,
          line_units_per_day: 1,
          released_up_to: null,
          ...caps,
          offers: caps.offers,
          currency: caps.currency,
          amount_per_day,
        };
        session.out.record<ToldAgent>(await session.client().opentopup.agents.create(body, session), NEW_FIELDS);
        session.out.note(t.credential.once);
      }),
    );
  withExamples(
    create,
    cli,
    "opentopup agents create Concierge --offers 'Mobile France 10 EUR' --amount-per-day 200 --currency EUR",
    "opentopup agents create Concierge --live --offers 'Mobile France 10 EUR' --amount-per-day 200 --currency EUR --released-up-to 10",
  );

  const change = withCaps(agents.command('change').description(t.agents.change), cli)
    .argument('<client-id>', t.agents.clientId)
    .action(
      cli.run(async (session, clientId: string, options: CapOptions) => {
        const caps = await capsOf(session, options);
        session.out.record<ToldAgent>(await session.client().opentopup.agents.change(clientId, caps, session), COLUMNS);
      }),
    );
  withExamples(change, cli, 'opentopup agents change concierge-7d20b1c0ffee --units-per-hour 5');

  const revoke = agents
    .command('revoke')
    .description(t.agents.revoke)
    .argument('<client-id>', t.agents.clientId)
    .action(
      cli.run(async (session, client_id: string) => {
        const { operations } = session.client().opentopup;
        session.out.json(await operations.call('revokeOwnCredential', { params: { client_id } }, session));
        session.out.note(t.agents.revoked(client_id));
      }),
    );
  withExamples(revoke, cli, 'opentopup agents revoke concierge-7d20b1c0ffee');
  definePreviews(agents, cli);
}

/** Defines what people do with what agents want to sell. */
function definePreviews(agents: Command, cli: Cli): void {
  const { t } = cli;
  const previews = agents
    .command('previews')
    .description(t.agents.previews)
    .addOption(oneOf('--status <status>', t.options.status, PREVIEW_STATUSES))
    .action(
      cli.run(async (session, { status }: { status?: (typeof PREVIEW_STATUSES)[number] }) => {
        const query = status ? { status } : {};
        await session.out.list(session.client().opentopup.salePreviews.list(query, session), PREVIEW_COLUMNS);
      }),
    );
  withExamples(previews, cli, 'opentopup agents previews --status waiting');

  for (const decision of ['release', 'decline'] as const) {
    const decide = agents
      .command(decision)
      .description(t.agents[decision])
      .argument('<preview>', t.agents.preview)
      .action(
        cli.run(async (session, id: string) => {
          const decided = await session.client().opentopup.salePreviews.decide(id, decision, session);
          session.out.record(decided, PREVIEW_COLUMNS);
        }),
      );
    withExamples(decide, cli, `opentopup agents ${decision} 01a20d0b-54d6-77c2-99f0-4ba20661bd02`);
  }
}
