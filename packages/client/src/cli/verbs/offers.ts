import type { Command } from 'commander';
import type { Offer } from '../../index.ts';
import type { Cli } from '../cli.ts';
import type { Column } from '../output/column.ts';
import { withExamples } from './verb.ts';

const currency = ({ product }: Offer): string => product.reference_currency;

const COLUMNS: Column<Offer>[] = [
  { name: 'name', kind: 'text', of: ({ name }) => name },
  { name: 'stock', kind: 'count', of: ({ bucket }) => bucket },
  { name: 'resell_value', kind: 'money', of: ({ resell_value }) => resell_value, currency },
  { name: 'public_price', kind: 'money', of: ({ public_price }) => public_price, currency },
  { name: 'expiration_date', kind: 'date', of: ({ expiration_date }) => expiration_date },
  { name: 'id', kind: 'id', of: ({ id }) => id },
];

/** Defines `offers`: what may be sold, and how much of it is there. */
export function defineOffers(program: Command, cli: Cli): void {
  const command = program
    .command('offers')
    .description(cli.t.offers.about)
    .action(
      cli.run(async (session) => {
        await session.out.list(session.client().offers.list(session), COLUMNS);
      }),
    );
  withExamples(command, cli, 'opentopup offers', 'opentopup offers --json | jq -r .id');
}
