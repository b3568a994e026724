import type { CatalogueEntry, CatalogueReading } from '@opentopup/contract';
import type { Command } from 'commander';
import type { Cli } from '../../cli.ts';
import type { Column } from '../../output/column.ts';
import { withExamples } from '../verb.ts';

const ENTRY_COLUMNS: Column<CatalogueEntry>[] = [
  { name: 'name', kind: 'text', of: ({ name }) => name },
  { name: 'cost', kind: 'money', of: ({ cost }) => cost, currency: ({ currency }) => currency },
  { name: 'change_date', kind: 'date', of: ({ change_date }) => change_date },
  { name: 'withdrawal_date', kind: 'date', of: ({ withdrawal_date }) => withdrawal_date },
  { name: 'product_id', kind: 'id', of: ({ product_id }) => product_id },
  { name: 'supplier_reference', kind: 'id', of: ({ supplier_reference }) => supplier_reference },
];

const READING_FIELDS: Column<CatalogueReading>[] = [
  { name: 'listed', kind: 'count', of: ({ listed }) => listed },
  { name: 'missing', kind: 'count', of: ({ missing }) => missing },
  { name: 'changes', kind: 'count', of: ({ changes }) => changes.length },
];

type Change = CatalogueReading['changes'][number];
const CHANGE_COLUMNS: Column<Change>[] = [
  { name: 'type', kind: 'text', of: ({ type }) => type },
  { name: 'name', kind: 'text', of: ({ name }) => name },
  { name: 'cost_before', kind: 'money', of: ({ cost_before }) => cost_before, currency: ({ currency }) => currency },
  { name: 'cost', kind: 'money', of: ({ cost }) => cost, currency: ({ currency }) => currency },
  { name: 'offers', kind: 'count', of: ({ offers }) => offers },
  { name: 'offers_stopped', kind: 'count', of: ({ offers_stopped }) => offers_stopped },
  { name: 'offers_resumed', kind: 'count', of: ({ offers_resumed }) => offers_resumed },
];

/** Defines `catalogue`: what a supplier lists and charges, and what has changed of it. */
export function defineCatalogue(supplier: Command, cli: Cli): void {
  const { t } = cli;
  const catalogue = supplier
    .command('catalogue')
    .description(t.supplier.catalogue)
    .argument('<supplier>', t.supplier.id)
    .action(
      cli.run(async (session, id: string) => {
        await session.out.list(session.operator().suppliers.catalogue(id, session), ENTRY_COLUMNS);
      }),
    );
  withExamples(catalogue, cli, 'opentopup supplier catalogue 7413e966-c97c-11ed-b80c-fa163e78aa28');

  const read = supplier
    .command('read')
    .description(t.supplier.read)
    .argument('<supplier>', t.supplier.id)
    .option('--accept-withdrawals', t.supplier.acceptWithdrawals)
    .action(
      cli.run(async (session, id: string, { acceptWithdrawals }: { acceptWithdrawals?: true }) => {
        const { out } = session;
        const body = acceptWithdrawals ? { accept_withdrawals: true } : {};
        const reading = await session.operator().suppliers.readCatalogue(id, body, session);
        out.record(reading, READING_FIELDS);
        if (!out.isJson && reading.changes.length > 0) await out.list(reading.changes, CHANGE_COLUMNS);
      }),
    );
  withExamples(read, cli, 'opentopup supplier read 7413e966-c97c-11ed-b80c-fa163e78aa28');
}
