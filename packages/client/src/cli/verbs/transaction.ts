import type { Command } from 'commander';
import type { Cli } from '../cli.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { Misuse } from '../misuse.ts';
import type { CliSession } from '../session.ts';
import { tellSale } from './tell-sale.ts';
import { TRANSACTION_FIELDS } from './transaction-columns.ts';
import { withExamples } from './verb.ts';

interface Options {
  reference?: string;
  wait?: true;
}

/** Defines `transaction`: what became of one sale. */
export function defineTransaction(program: Command, cli: Cli): void {
  const { t } = cli;
  const command = program
    .command('transaction')
    .description(t.transaction.about)
    .argument('[id]', t.options.transaction)
    .option('--reference <text>', t.options.byReference)
    .option('--wait', t.options.wait)
    .action(
      cli.run(async (session, id: string | undefined, { reference, wait }: Options) => {
        if ((id === undefined) === (reference === undefined)) throw new Misuse(t.transaction.oneName);
        if (id !== undefined) return byId(session, id, wait === true);
        return byReference(session, reference ?? '', wait === true);
      }),
    );
  withExamples(
    command,
    cli,
    'opentopup transaction 01a20d0b-54d6-77c2-99f0-4ba20661bd01',
    'opentopup transaction --reference till-4/1001 --wait',
  );
}

async function byId(session: CliSession, id: string, wait: boolean): Promise<ExitCode> {
  const { out, signal } = session;
  const client = session.client();
  const transaction = await client.transactions.get(id, { signal });
  const isOpen = transaction.status === 'pending' || transaction.status === 'created';
  if (isOpen && wait) return tellSale(session, await client.topups.waitFor(transaction, { signal }));
  out.record(transaction, TRANSACTION_FIELDS);
  return isOpen ? EXIT.pending : EXIT.ok;
}

async function byReference(session: CliSession, reference: string, wait: boolean): Promise<ExitCode> {
  const { signal, t } = session;
  const client = session.client();
  const found = await client.topups.lookup(reference, { signal });
  if (!found) {
    session.out.warn(t.transaction.none(reference));
    return EXIT.refused;
  }
  if (found.status !== 'pending' || !wait) return tellSale(session, found);
  return tellSale(session, await client.topups.waitFor(found.transaction, { signal }));
}
