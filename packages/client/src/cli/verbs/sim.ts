import type { SimStatus, UsageBalance } from '@opentopup/contract';
import type { Command } from 'commander';
import type { Cli } from '../cli.ts';
import { Misuse } from '../misuse.ts';
import type { Column } from '../output/column.ts';
import type { CliSession } from '../session.ts';
import { supplierId } from './find-supplier.ts';
import { withExamples } from './verb.ts';

interface Options {
  simId?: string;
  transaction?: string;
  supplier?: string;
}

const STATUS_FIELDS: Column<SimStatus>[] = [
  { name: 'status', kind: 'status', of: ({ status }) => status },
  { name: 'creation_date', kind: 'date', of: ({ creation_date }) => creation_date },
  { name: 'activation_date', kind: 'date', of: ({ activation_date }) => activation_date },
  { name: 'last_topup_date', kind: 'date', of: ({ last_topup_date }) => last_topup_date },
  { name: 'expiration_date', kind: 'date', of: ({ expiration_date }) => expiration_date },
  { name: 'number_expiration_date', kind: 'date', of: ({ number_expiration_date }) => number_expiration_date },
];

type Allowance = UsageBalance['buckets'][number];
const USAGE_COLUMNS: Column<Allowance>[] = [
  { name: 'name', kind: 'text', of: ({ name }) => name },
  { name: 'data_remaining', kind: 'count', of: ({ data_remaining }) => data_remaining },
  { name: 'data_unit', kind: 'text', of: ({ data_unit }) => data_unit },
  { name: 'airtime_remaining', kind: 'count', of: ({ airtime_remaining }) => airtime_remaining },
  { name: 'airtime_unit', kind: 'text', of: ({ airtime_unit }) => airtime_unit },
  { name: 'sms_remaining', kind: 'count', of: ({ sms_remaining }) => sms_remaining },
  { name: 'expiration_date', kind: 'date', of: ({ expiration_date }) => expiration_date },
];

/** Defines `sim`: how a SIM stands, and what is left on it. */
export function defineSim(program: Command, cli: Cli): void {
  const { t } = cli;
  const sim = program.command('sim').description(t.sim.about);
  const asking = (name: string, about: string): Command =>
    sim
      .command(name)
      .description(about)
      .option('--sim-id <serial>', t.options.simId)
      .option('--transaction <id>', t.options.ofTransaction)
      .option('--supplier <supplier>', t.options.simSupplier);

  const status = asking('status', t.sim.status).action(
    cli.run(async (session, options: Options) => {
      const { client, supplier, query } = await asked(session, options);
      session.out.record(await client.suppliers.simStatus(supplier, query, session), STATUS_FIELDS);
    }),
  );
  withExamples(status, cli, "opentopup sim status --sim-id 8991101200003204514 --supplier 'Welcome Travelers'");

  const usage = asking('usage', t.sim.usage).action(
    cli.run(async (session, options: Options) => {
      const { client, supplier, query } = await asked(session, options);
      const balance = await client.suppliers.usage(supplier, query, session);
      if (session.out.isJson) session.out.json(balance);
      else await session.out.list(balance.buckets, USAGE_COLUMNS);
    }),
  );
  withExamples(usage, cli, 'opentopup sim usage --transaction 01a20d0b-54d6-77c2-99f0-4ba20661bd01');
}

async function asked(session: CliSession, { simId, transaction, supplier }: Options) {
  if ((simId === undefined) === (transaction === undefined)) throw new Misuse(session.t.sim.oneName);
  const client = session.client();
  const given = { ...(supplier !== undefined && { supplier }), ...(transaction !== undefined && { transaction }) };
  const query = { ...(simId !== undefined && { simId }), ...(transaction !== undefined && { transaction }) };
  return { client, supplier: await supplierId(session, client, given), query };
}
