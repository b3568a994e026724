import type { CatalogueEntry, CatalogueReading, Promotion, SupplierImport } from '@opentopup/contract';
import type { Command } from 'commander';
import type { Cli } from '../../cli.ts';
import { EXIT } from '../../exit-codes.ts';
import { Misuse } from '../../misuse.ts';
import type { Column } from '../../output/column.ts';
import type { CliSession } from '../../session.ts';
import { amount, withExamples } from '../verb.ts';
import { ERROR_COLUMNS, REPORT_FIELDS } from './import.ts';

const ENTRY_COLUMNS: Column<CatalogueEntry>[] = [
  { name: 'name', kind: 'text', of: ({ name }) => name },
  { name: 'cost', kind: 'money', of: ({ cost }) => cost, currency: ({ currency }) => currency },
  { name: 'country', kind: 'text', of: ({ line_country }) => line_country },
  { name: 'network', kind: 'text', of: ({ network }) => network?.name },
  { name: 'range', kind: 'text', of: ({ range }) => range && `${range.min} – ${range.max} ${range.currency}` },
  { name: 'change_date', kind: 'date', of: ({ change_date }) => change_date },
  { name: 'withdrawal_date', kind: 'date', of: ({ withdrawal_date }) => withdrawal_date },
  { name: 'product_id', kind: 'id', of: ({ product_id }) => product_id },
  { name: 'supplier_reference', kind: 'id', of: ({ supplier_reference }) => supplier_reference },
];

const PROMOTION_COLUMNS: Column<Promotion>[] = [
  { name: 'title', kind: 'text', of: ({ title }) => title },
  { name: 'network', kind: 'text', of: ({ network }) => network?.name },
  { name: 'countries', kind: 'text', of: ({ countries }) => countries.join(' ') },
  { name: 'begin_date', kind: 'date', of: ({ begin_date }) => begin_date },
  { name: 'end_date', kind: 'date', of: ({ end_date }) => end_date },
  { name: 'text', kind: 'text', of: ({ text }) => text },
  { name: 'id', kind: 'id', of: ({ id }) => id },
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

interface SearchOptions {
  text?: string;
  country?: string;
  network?: string;
  minCost?: number;
  maxCost?: number;
}

/** A catalogue of many thousands is many answers, one after the other. */
const WHOLE_CATALOGUE_MS = 30 * 60_000;
const LOOK_EVERY_MS = 1_000;

/** Tells on a terminal how much of a catalogue has come, until its reading ends. */
async function tellingProgress<T>(session: CliSession, id: string, reading: Promise<T>): Promise<T> {
  const { out, t } = session;
  if (!out.isTerminal) return reading;
  const { suppliers } = session.operator();
  const timer = setInterval(() => {
    void suppliers.get(id, session).then(
      ({ catalogue }) => catalogue?.coming !== undefined && out.note(t.supplier.coming(catalogue.coming)),
      () => {},
    );
  }, LOOK_EVERY_MS);
  return reading.finally(() => clearInterval(timer));
}

interface ChooseOptions {
  all?: true;
  amount?: number;
  distributor?: string;
  price?: number;
  dryRun?: true;
}

/** Defines `choose`: what of a supplier's catalogue becomes products, and offers of a distributor. */
export function defineChoose(supplier: Command, cli: Cli): void {
  const { t } = cli;
  const choose = supplier
    .command('choose')
    .description(t.supplier.choose)
    .argument('<supplier>', t.supplier.id)
    .argument('[reference...]', t.supplier.references)
    .option('--all', t.supplier.all)
    .option('--amount <amount>', t.supplier.amount, amount(cli))
    .option('--distributor <id>', t.options.distributor)
    .option('--price <amount>', t.supplier.price, amount(cli))
    .option('--dry-run', t.options.dryRun)
    .action(
      cli.run(async (session, id: string, references: string[], options: ChooseOptions) => {
        const { out } = session;
        const perChoice = options.amount !== undefined || options.price !== undefined;
        if (options.all ? references.length > 0 || perChoice : references.length === 0)
          throw new Misuse(t.supplier.chooseSome);
        const choices = references.map((supplier_reference) => ({
          supplier_reference,
          ...(options.amount !== undefined && { amount: options.amount }),
          ...(options.price !== undefined && { resell_value: options.price }),
        }));
        const body: SupplierImport = {
          ...(!options.all && { choices }),
          ...(options.distributor !== undefined && { distributor_id: options.distributor }),
          ...(options.dryRun && { dry_run: true }),
        };
        const { suppliers } = session.operator({ timeout_ms: WHOLE_CATALOGUE_MS });
        const importing = suppliers.import(id, body, session);
        const { products, offers, needs_amount } = await (options.all
          ? tellingProgress(session, id, importing)
          : importing);
        const errors = [...products.errors, ...offers.errors];
        const isDone = errors.length === 0;
        if (out.isTerminal) out.say(!isDone ? t.import.nothing : options.dryRun ? t.import.wouldDo : t.import.done);
        await out.list([products, offers], REPORT_FIELDS);
        if (needs_amount > 0) out.warn(t.supplier.needsAmount(needs_amount));
        if (!out.isJson && !isDone) await out.list(errors, ERROR_COLUMNS);
        return isDone ? EXIT.ok : EXIT.refused;
      }),
    );
  withExamples(
    choose,
    cli,
    'opentopup supplier choose 7413e966-c97c-11ed-b80c-fa163e78aa28 SN-1000 SN-2000 --dry-run',
    'opentopup supplier choose 7413e966-c97c-11ed-b80c-fa163e78aa28 SN-OPEN --amount 1500 --distributor 01a20d0a-a88b-7534-b9bb-6cb1c1462c97 --price 3',
  );
}

/** Defines `catalogue`, `promotions` and `read`: what a supplier lists, charges and adds, and what has changed of it. */
export function defineCatalogue(supplier: Command, cli: Cli): void {
  const { t } = cli;
  const catalogue = supplier
    .command('catalogue')
    .description(t.supplier.catalogue)
    .argument('<supplier>', t.supplier.id)
    .option('--text <words>', t.supplier.text)
    .option('--country <code>', t.supplier.country)
    .option('--network <name>', t.supplier.network)
    .option('--min-cost <amount>', t.supplier.minCost, amount(cli))
    .option('--max-cost <amount>', t.supplier.maxCost, amount(cli))
    .action(
      cli.run(async (session, id: string, { minCost, maxCost, ...rest }: SearchOptions) => {
        const query = {
          ...rest,
          ...(minCost !== undefined && { min_cost: minCost }),
          ...(maxCost !== undefined && { max_cost: maxCost }),
        };
        await session.out.list(session.operator().suppliers.catalogue(id, query, session), ENTRY_COLUMNS);
      }),
    );
  withExamples(
    catalogue,
    cli,
    'opentopup supplier catalogue 7413e966-c97c-11ed-b80c-fa163e78aa28 --country SN --network orange',
  );

  const promotions = supplier
    .command('promotions')
    .description(t.supplier.promotions)
    .argument('<supplier>', t.supplier.id)
    .action(
      cli.run(async (session, id: string) => {
        await session.out.list(await session.operator().suppliers.promotions(id, session), PROMOTION_COLUMNS);
      }),
    );
  withExamples(promotions, cli, 'opentopup supplier promotions 7413e966-c97c-11ed-b80c-fa163e78aa28');

  const read = supplier
    .command('read')
    .description(t.supplier.read)
    .argument('<supplier>', t.supplier.id)
    .option('--accept-withdrawals', t.supplier.acceptWithdrawals)
    .action(
      cli.run(async (session, id: string, { acceptWithdrawals }: { acceptWithdrawals?: true }) => {
        const { out } = session;
        const body = acceptWithdrawals ? { accept_withdrawals: true } : {};
        const { suppliers } = session.operator({ timeout_ms: WHOLE_CATALOGUE_MS });
        const reading = await tellingProgress(session, id, suppliers.readCatalogue(id, body, session));
        out.record(reading, READING_FIELDS);
        if (!out.isJson && reading.changes.length > 0) await out.list(reading.changes, CHANGE_COLUMNS);
      }),
    );
  withExamples(read, cli, 'opentopup supplier read 7413e966-c97c-11ed-b80c-fa163e78aa28');
}
