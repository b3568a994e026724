import type { Supplier } from '@opentopup/contract';
import { type Command, InvalidArgumentError } from 'commander';
import type { Cli } from '../../cli.ts';
import type { Column } from '../../output/column.ts';
import { needed, withExamples } from '../verb.ts';

const SUPPLIER_COLUMNS: Column<Supplier>[] = [
  { name: 'name', kind: 'text', of: ({ name }) => name },
  { name: 'country', kind: 'text', of: ({ country }) => country },
  { name: 'connector', kind: 'text', of: ({ connector }) => connector },
  { name: 'status', kind: 'status', of: ({ status }) => status },
  { name: 'id', kind: 'id', of: ({ id }) => id },
];

interface SupplierOptions {
  country: string;
  connector?: string;
  settings?: Record<string, unknown>;
}

/** Suppliers, as the operator keeps them. */
export function addSupplier(program: Command, cli: Cli): void {
  const { t } = cli;
  const supplier = program.command('supplier').description(t.supplier.about);

  const list = supplier
    .command('list')
    .description(t.supplier.list)
    .action(
      cli.run(async (session) => {
        await session.out.list(session.operator().suppliers.list({}, session), SUPPLIER_COLUMNS);
      }),
    );
  withExamples(list, cli, 'opentopup supplier list');

  const add = supplier
    .command('add')
    .description(t.supplier.add)
    .argument('<name>', t.options.name)
    .addOption(needed('--country <code>', t.supplier.country))
    .option('--connector <name>', t.supplier.connector)
    .option('--settings <json>', t.supplier.settings, json(cli))
    .action(
      cli.run(async (session, name: string, options: SupplierOptions) => {
        session.out.record(await session.operator().suppliers.create({ name, ...options }, session), SUPPLIER_COLUMNS);
      }),
    );
  withExamples(add, cli, "opentopup supplier add 'Orange France' --country FR --connector simulator");
}

/** Reads an option as a JSON object. */
function json({ t }: Cli): (text: string) => Record<string, unknown> {
  return (text) => {
    try {
      const value = JSON.parse(text) as unknown;
      if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
    } catch {
      // Said below.
    }
    throw new InvalidArgumentError(t.usage.json);
  };
}
