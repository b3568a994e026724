import type { OperatorOffer } from '@opentopup/contract';
import type { Command } from 'commander';
import type { Cli } from '../../cli.ts';
import type { Column } from '../../output/column.ts';
import { amount, needed, withExamples } from '../verb.ts';
import { defineRoute } from './route.ts';

const OFFER_COLUMNS: Column<OperatorOffer>[] = [
  { name: 'name', kind: 'text', of: ({ name }) => name },
  { name: 'resell_value', kind: 'money', of: ({ resell_value }) => resell_value, currency: ({ currency }) => currency },
  {
    name: 'cost',
    kind: 'money',
    of: ({ cost }) => cost,
    currency: ({ currency }) => currency,
  },
  { name: 'status', kind: 'status', of: ({ status }) => status },
  { name: 'available', kind: 'count', of: ({ bucket }) => bucket.available },
  { name: 'held', kind: 'count', of: ({ bucket }) => bucket.held },
  { name: 'sold', kind: 'count', of: ({ bucket }) => bucket.sold },
  { name: 'distributor_id', kind: 'id', of: ({ distributor_id }) => distributor_id },
  { name: 'id', kind: 'id', of: ({ id }) => id },
];

interface OfferOptions {
  distributor: string;
  product: string;
  resellValue: number;
}

/** Defines `offer`: offers, as the operator keeps them. */
export function defineOffer(program: Command, cli: Cli): void {
  const { t } = cli;
  const offer = program.command('offer').description(t.offer.about);

  const list = offer
    .command('list')
    .description(t.offer.list)
    .option('--distributor <id>', t.options.distributor)
    .action(
      cli.run(async (session, query: { distributor?: string }) => {
        await session.out.list(session.operator().offers.list(query, session), OFFER_COLUMNS);
      }),
    );
  withExamples(list, cli, 'opentopup offer list');

  const add = offer
    .command('add')
    .description(t.offer.add)
    .argument('<name>', t.options.name)
    .addOption(needed('--distributor <id>', t.options.distributor))
    .addOption(needed('--product <id>', t.product.id))
    .addOption(needed('--resell-value <amount>', t.offer.resellValue).argParser(amount(cli)))
    .action(
      cli.run(async (session, name: string, { distributor, product, resellValue }: OfferOptions) => {
        const body = { name, distributor_id: distributor, product_id: product, resell_value: resellValue };
        session.out.record(await session.operator().offers.create(body, session), OFFER_COLUMNS);
      }),
    );
  withExamples(
    add,
    cli,
    "opentopup offer add 'Mobile France 10 EUR' --distributor 01a20d0a-a88d-74bd-9233-89da2fe5beab --product 01a20d0a-a88b-7534-b9bb-6cb1c1462c97 --resell-value 7.92",
  );

  const change = offer
    .command('change')
    .description(t.offer.change)
    .argument('<offer>', t.offer.id)
    .option('--name <name>', t.options.name)
    .option('--resell-value <amount>', t.offer.resellValue, amount(cli))
    .option('--expires <date>', t.offer.expires)
    .action(
      cli.run(async (session, id: string, options: { name?: string; resellValue?: number; expires?: string }) => {
        const { name, resellValue, expires } = options;
        const body = {
          ...(name !== undefined && { name }),
          ...(resellValue !== undefined && { resell_value: resellValue }),
          ...(expires !== undefined && { expiration_date: expires }),
        };
        session.out.record(await session.operator().offers.change(id, body, session), OFFER_COLUMNS);
      }),
    );
  withExamples(change, cli, 'opentopup offer change 01a20d0a-a88a-7427-b76b-a9142b9d9596 --resell-value 7.50');

  const resume = offer
    .command('resume')
    .description(t.offer.resume)
    .argument('<offer>', t.offer.id)
    .action(
      cli.run(async (session, id: string) => {
        session.out.record(await session.operator().offers.change(id, { status: 'available' }, session), OFFER_COLUMNS);
      }),
    );
  withExamples(resume, cli, 'opentopup offer resume 01a20d0a-a88a-7427-b76b-a9142b9d9596');

  defineRoute(offer, cli);
}
