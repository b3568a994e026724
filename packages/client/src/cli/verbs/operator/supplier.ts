import type { Supplier, SupplierFunds } from '@opentopup/contract';
import { CHECK_DIGIT_RULES, type CheckDigitRule } from '@opentopup/contract/lines/read-serial';
import { Argument, type Command, InvalidArgumentError } from 'commander';
import type { Cli } from '../../cli.ts';
import type { Column } from '../../output/column.ts';
import { amount, needed, withExamples } from '../verb.ts';
import { defineCatalogue, defineChoose } from './catalogue.ts';
import { defineSupplierTraffic } from './supplier-traffic.ts';

const SUPPLIER_COLUMNS: Column<Supplier>[] = [
  { name: 'name', kind: 'text', of: ({ name }) => name },
  { name: 'country', kind: 'text', of: ({ country }) => country },
  { name: 'connector', kind: 'text', of: ({ connector }) => connector },
  { name: 'status', kind: 'status', of: ({ status }) => status },
  { name: 'on_catalogue_change', kind: 'text', of: ({ on_catalogue_change }) => on_catalogue_change },
  { name: 'sim_check_digit', kind: 'text', of: ({ sim_check_digit }) => sim_check_digit },
  {
    name: 'balance',
    kind: 'money',
    of: ({ balance }) => balance?.available,
    currency: ({ balance }) => balance?.currency ?? '',
  },
  { name: 'balance_threshold', kind: 'text', of: ({ balance_threshold }) => balance_threshold?.toString() },
  { name: 'id', kind: 'id', of: ({ id }) => id },
];

const moneyOf = ({ currency = '' }: SupplierFunds): string => currency;
const BALANCE_FIELDS: Column<SupplierFunds>[] = [
  { name: 'available', kind: 'money', of: ({ available }) => available, currency: moneyOf },
  { name: 'held', kind: 'money', of: ({ held }) => held, currency: moneyOf },
  { name: 'credit_limit', kind: 'money', of: ({ credit_limit }) => credit_limit, currency: moneyOf },
  { name: 'read_date', kind: 'date', of: ({ read_date }) => read_date },
  { name: 'low_date', kind: 'date', of: ({ low_date }) => low_date },
];

const RULES = ['tell', 'stop', 'stop_at_loss'] as const;

interface SupplierOptions {
  country: string;
  connector?: string;
  settings?: Record<string, unknown>;
}

/** Defines `supplier`: suppliers, as the operator keeps them. */
export function defineSupplier(program: Command, cli: Cli): void {
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

  const rule = supplier
    .command('rule')
    .description(t.supplier.rule)
    .argument('<supplier>', t.supplier.id)
    .addArgument(new Argument('<rule>', t.supplier.rules).choices(RULES))
    .action(
      cli.run(async (session, id: string, on_catalogue_change: (typeof RULES)[number]) => {
        const changed = await session.operator().suppliers.change(id, { on_catalogue_change }, session);
        session.out.record(changed, SUPPLIER_COLUMNS);
      }),
    );
  withExamples(rule, cli, 'opentopup supplier rule 7413e966-c97c-11ed-b80c-fa163e78aa28 stop');

  const checkDigit = supplier
    .command('check-digit')
    .description(t.supplier.checkDigit)
    .argument('<supplier>', t.supplier.id)
    .addArgument(new Argument('<rule>', t.supplier.checkDigitRules).choices(CHECK_DIGIT_RULES))
    .action(
      cli.run(async (session, id: string, sim_check_digit: CheckDigitRule) => {
        const changed = await session.operator().suppliers.change(id, { sim_check_digit }, session);
        session.out.record(changed, SUPPLIER_COLUMNS);
      }),
    );
  withExamples(checkDigit, cli, 'opentopup supplier check-digit 92d376d4-0c18-4da8-9e6e-4dd173bc554e warn');

  defineBalance(supplier, cli);
  defineCatalogue(supplier, cli);
  defineChoose(supplier, cli);
  defineSupplierTraffic(supplier, cli);
}

/** Defines `balance`: the money that lies at a supplier. */
function defineBalance(supplier: Command, cli: Cli): void {
  const { t } = cli;
  const balance = supplier
    .command('balance')
    .description(t.supplier.balance)
    .argument('<supplier>', t.supplier.id)
    .option('--threshold <amount>', t.supplier.threshold, amount(cli))
    .option('--no-threshold', t.supplier.noThreshold)
    .action(
      cli.run(async (session, id: string, { threshold }: { threshold?: number | boolean }) => {
        const { suppliers } = session.operator();
        if (typeof threshold === 'number') await suppliers.change(id, { balance_threshold: threshold }, session);
        if (threshold === false) await suppliers.change(id, { balance_threshold: null }, session);
        session.out.record(await suppliers.readBalance(id, session), BALANCE_FIELDS);
      }),
    );
  withExamples(balance, cli, 'opentopup supplier balance 7413e966-c97c-11ed-b80c-fa163e78aa28 --threshold 500');
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
