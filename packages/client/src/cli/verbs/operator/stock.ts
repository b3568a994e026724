import type { Booking, Movement } from '@opentopup/contract';
import type { Command } from 'commander';
import type { Cli } from '../../cli.ts';
import type { Column } from '../../output/column.ts';
import { needed, whole, withExamples } from '../verb.ts';

const BOOKING_FIELDS: Column<Booking>[] = [
  { name: 'units', kind: 'count', of: ({ units }) => units },
  { name: 'reference', kind: 'text', of: ({ reference }) => reference },
  { name: 'justification', kind: 'text', of: ({ justification }) => justification },
  { name: 'creation_date', kind: 'date', of: ({ creation_date }) => creation_date },
  { name: 'granted', kind: 'count', of: ({ bucket }) => bucket.granted },
  { name: 'available', kind: 'count', of: ({ bucket }) => bucket.available },
  { name: 'held', kind: 'count', of: ({ bucket }) => bucket.held },
  { name: 'sold', kind: 'count', of: ({ bucket }) => bucket.sold },
];

const MOVEMENT_COLUMNS: Column<Movement>[] = [
  { name: 'movement', kind: 'count', of: ({ seq }) => seq },
  { name: 'date', kind: 'date', of: ({ date }) => date },
  { name: 'movement_kind', kind: 'text', of: ({ kind }) => kind },
  { name: 'units', kind: 'count', of: ({ units }) => units },
  { name: 'reference', kind: 'text', of: ({ reference }) => reference },
  { name: 'justification', kind: 'text', of: ({ justification }) => justification },
  { name: 'transaction_id', kind: 'id', of: ({ transaction_id }) => transaction_id },
];

interface Options {
  units: number;
  reference: string;
  justification: string;
}

const LEAST = -1_000_000_000_000;

/** Defines the commands for an offer's stock: units put into it, or taken away; and its ledger. */
export function defineStockKeeping(program: Command, cli: Cli): void {
  const { t } = cli;
  const booking = (name: 'grant' | 'adjust', about: string, least: number): Command =>
    program
      .command(name)
      .description(about)
      .argument('<offer>', t.offer.id)
      .addOption(needed('--units <number>', t.options.units).argParser(whole(cli, least)))
      .addOption(needed('--reference <text>', t.options.bookingReference))
      .addOption(needed('--justification <text>', t.options.justification))
      .action(
        cli.run(async (session, offer: string, body: Options) => {
          session.out.record(await session.operator().stock[name](offer, body, session), BOOKING_FIELDS);
        }),
      );
  withExamples(
    booking('grant', t.stockKeeping.grant, 1),
    cli,
    "opentopup grant 01a20d0a-a88b-7534-b9bb-6cb1c1462c97 --units 50 --reference PO-4711 --justification 'Monthly order'",
  );
  withExamples(
    booking('adjust', t.stockKeeping.adjust, LEAST),
    cli,
    "opentopup adjust 01a20d0a-a88b-7534-b9bb-6cb1c1462c97 --units=-3 --reference INV-2026-11 --justification 'Stock-taking'",
  );

  const movements = program
    .command('movements')
    .description(t.stockKeeping.movements)
    .argument('<offer>', t.offer.id)
    .action(
      cli.run(async (session, offer: string) => {
        await session.out.list(session.operator().stock.movements(offer, session), MOVEMENT_COLUMNS);
      }),
    );
  withExamples(movements, cli, 'opentopup movements 01a20d0a-a88b-7534-b9bb-6cb1c1462c97');
}
