import type { AdminTransaction } from '@opentopup/contract';
import { type Command, Option } from 'commander';
import type { Cli } from '../../cli.ts';
import type { Column } from '../../output/column.ts';
import { TRANSACTION_FIELDS } from '../transaction-columns.ts';
import { needed, oneOf, withExamples } from '../verb.ts';

const currency = ({ reference_currency }: AdminTransaction): string => reference_currency;

const OPEN_COLUMNS: Column<AdminTransaction>[] = [
  { name: 'creation_date', kind: 'date', of: ({ creation_date }) => creation_date },
  { name: 'distributor', kind: 'text', of: ({ distributor_name }) => distributor_name },
  { name: 'offer_name', kind: 'text', of: ({ offer_name }) => offer_name },
  { name: 'resell_value', kind: 'money', of: ({ resell_value }) => resell_value, currency },
  { name: 'pending_cause', kind: 'words', of: ({ pending_cause }) => pending_cause },
  { name: 'owner', kind: 'text', of: ({ owner }) => owner },
  { name: 'id', kind: 'id', of: ({ id }) => id },
];

const FIELDS: Column<AdminTransaction>[] = [
  { name: 'distributor', kind: 'text', of: ({ distributor_name }) => distributor_name },
  ...TRANSACTION_FIELDS,
  { name: 'supplier_reference', kind: 'text', of: ({ supplier_reference }) => supplier_reference },
  { name: 'supplier_message', kind: 'text', of: ({ supplier_message }) => supplier_message },
  { name: 'pending_cause', kind: 'words', of: ({ pending_cause }) => pending_cause },
  { name: 'owner', kind: 'text', of: ({ owner }) => owner },
  { name: 'decided_by', kind: 'text', of: ({ decision }) => decision?.decided_by },
  { name: 'justification', kind: 'text', of: ({ decision }) => decision?.justification },
  { name: 'next_look_date', kind: 'date', of: ({ next_look_date }) => next_look_date },
];

interface Whose {
  owner?: string;
  unowned?: true;
}
interface UnresolvedOptions extends Whose {
  distributor?: string;
}

/** Gives the sales that somebody takes care of, or those that nobody does. */
async function* those(sales: AsyncIterable<AdminTransaction>, { owner, unowned }: Whose) {
  for await (const sale of sales) {
    if (unowned ? sale.owner === undefined : owner === undefined || sale.owner === owner) yield sale;
  }
}

/** Defines the commands for sales without proof, and what a person decides about them. */
export function defineResolve(program: Command, cli: Cli): void {
  const { t } = cli;

  const unresolved = program
    .command('unresolved')
    .description(t.resolve.unresolved)
    .option('--distributor <id>', t.options.distributor)
    .option('--owner <name>', t.resolve.ofOwner)
    .addOption(new Option('--unowned', t.resolve.unowned).conflicts('owner'))
    .action(
      cli.run(async (session, { distributor, ...whose }: UnresolvedOptions) => {
        const query = { status: 'pending' as const, ...(distributor !== undefined && { distributor }) };
        await session.out.list(those(session.operator().transactions.list(query, session), whose), OPEN_COLUMNS);
      }),
    );
  withExamples(unresolved, cli, 'opentopup unresolved', 'opentopup unresolved --unowned');

  defineClaims(program, cli);

  const resolve = program
    .command('resolve')
    .description(t.resolve.about)
    .argument('<transaction>', t.options.transaction)
    .addOption(oneOf('--status <status>', t.resolve.status, ['ok', 'ko', 'expired']).makeOptionMandatory())
    .addOption(needed('--justification <text>', t.options.justification))
    .action(
      cli.run(async (session, id: string, body: { status: 'ok' | 'ko' | 'expired'; justification: string }) => {
        session.out.record(await session.operator().transactions.resolve(id, body, session), FIELDS);
      }),
    );
  withExamples(
    resolve,
    cli,
    "opentopup resolve 01a20d0b-54d6-77c2-99f0-4ba20661bd01 --status ok --justification 'The customer has the credit; ticket 4711'",
  );

  const identify = program
    .command('identify')
    .description(t.resolve.identify)
    .argument('<transaction>', t.options.transaction)
    .action(
      cli.run(async (session, id: string) => {
        const confirmed = await session.operator().confirmIdentification(id, session);
        session.out.record(confirmed, [
          { name: 'transaction_id', kind: 'text', of: ({ transaction_id }) => transaction_id },
          { name: 'offer_name', kind: 'text', of: ({ offer_name }) => offer_name },
          { name: 'status', kind: 'status', of: ({ status }) => status },
        ]);
      }),
    );
  withExamples(identify, cli, 'opentopup identify 01a20d0b-54d6-77c2-99f0-4ba20661bd01');
}

/** Defines who takes care of such a sale. */
function defineClaims(program: Command, cli: Cli): void {
  const { t } = cli;
  const claim = program
    .command('claim')
    .description(t.resolve.claim)
    .argument('<transaction>', t.options.transaction)
    .option('--take-over', t.resolve.takeOver)
    .action(
      cli.run(async (session, id: string, { takeOver }: { takeOver?: true }) => {
        const body = takeOver ? { take_over: true } : {};
        session.out.record(await session.operator().transactions.claim(id, body, session), FIELDS);
      }),
    );
  withExamples(claim, cli, 'opentopup claim 01a20d0b-54d6-77c2-99f0-4ba20661bd01');

  const handBack = program
    .command('hand-back')
    .description(t.resolve.handBack)
    .argument('<transaction>', t.options.transaction)
    .action(
      cli.run(async (session, id: string) => {
        session.out.record(await session.operator().transactions.handBack(id, session), FIELDS);
      }),
    );
  withExamples(handBack, cli, 'opentopup hand-back 01a20d0b-54d6-77c2-99f0-4ba20661bd01');
}
