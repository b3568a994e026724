import type { Product, ProductType, TransactionProductType } from '@opentopup/contract';
import type { Command } from 'commander';
import type { Cli } from '../../cli.ts';
import type { Column } from '../../output/column.ts';
import { amount, needed, oneOf, withExamples } from '../verb.ts';

const PRODUCT_COLUMNS: Column<Product>[] = [
  { name: 'name', kind: 'text', of: ({ name }) => name },
  { name: 'type', kind: 'text', of: ({ transaction_type }) => transaction_type },
  { name: 'line_kind', kind: 'text', of: ({ line_kind }) => line_kind },
  { name: 'bonus_value', kind: 'money', of: ({ bonus_value }) => bonus_value, currency: ({ currency }) => currency },
  { name: 'status', kind: 'status', of: ({ status }) => status },
  { name: 'id', kind: 'id', of: ({ id }) => id },
];

const TYPES = ['topup', 'eSim', 'simCard'] as const satisfies readonly ProductType[];
const SOLD_AS = [
  'airtime topup',
  'sms topup',
  'data topup',
  'bundle topup',
  'simCard',
  'eSim',
] as const satisfies readonly TransactionProductType[];

interface ProductOptions {
  supplier: string;
  type: (typeof TYPES)[number];
  soldAs: (typeof SOLD_AS)[number];
  line?: 'msisdn' | 'simId';
  currency: string;
  bonusValue?: number;
}

/** Defines `product`: products, as the operator keeps them. */
export function defineProduct(program: Command, cli: Cli): void {
  const { t } = cli;
  const product = program.command('product').description(t.product.about);

  const list = product
    .command('list')
    .description(t.product.list)
    .action(
      cli.run(async (session) => {
        await session.out.list(session.operator().products.list({}, session), PRODUCT_COLUMNS);
      }),
    );
  withExamples(list, cli, 'opentopup product list');

  const add = product
    .command('add')
    .description(t.product.add)
    .argument('<name>', t.options.name)
    .addOption(needed('--supplier <id>', t.product.supplier))
    .addOption(oneOf('--type <type>', t.product.type, TYPES).default('topup'))
    .addOption(oneOf('--sold-as <kind>', t.product.soldAs, SOLD_AS).default('airtime topup'))
    .addOption(oneOf('--line <kind>', t.product.line, ['msisdn', 'simId']))
    .addOption(needed('--currency <code>', t.product.currency))
    .option('--bonus-value <amount>', t.product.bonusValue, amount(cli))
    .action(
      cli.run(async (session, name: string, options: ProductOptions) => {
        const { supplier, type, soldAs, line, currency, bonusValue } = options;
        const body = {
          name,
          supplier_id: supplier,
          type,
          transaction_type: soldAs,
          currency,
          ...(line && { line_kind: line }),
          ...(bonusValue !== undefined && { bonus_value: bonusValue }),
        };
        session.out.record(await session.operator().products.create(body, session), PRODUCT_COLUMNS);
      }),
    );
  withExamples(
    add,
    cli,
    "opentopup product add 'Mobile France 10 EUR' --supplier 7413e966-c97c-11ed-b80c-fa163e78aa28 --line msisdn --currency EUR --bonus-value 10",
  );

  const withdraw = product
    .command('withdraw')
    .description(t.product.withdraw)
    .argument('<product>', t.product.id)
    .action(
      cli.run(async (session, id: string) => {
        const changed = await session.operator().products.change(id, { status: 'withdrawn' }, session);
        session.out.record(changed, PRODUCT_COLUMNS);
      }),
    );
  withExamples(withdraw, cli, 'opentopup product withdraw 01a20d0a-a88b-7534-b9bb-6cb1c1462c97');
}
