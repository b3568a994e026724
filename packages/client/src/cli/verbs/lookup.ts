import type { NumberLookup } from '@opentopup/contract';
import type { Command } from 'commander';
import type { Cli } from '../cli.ts';
import type { Column } from '../output/column.ts';
import { withExamples } from './verb.ts';

const LOOKUP_FIELDS: Column<NumberLookup>[] = [
  { name: 'line', kind: 'line', of: ({ msisdn }) => msisdn },
  { name: 'country', kind: 'text', of: ({ country }) => country },
  {
    name: 'network',
    kind: 'text',
    of: ({ networks }) => networks.map(({ name, identified }) => (identified ? name : `${name} (?)`)).join(', '),
  },
];

type Fitting = NumberLookup['offers'][number];
const FITTING_COLUMNS: Column<Fitting>[] = [
  { name: 'name', kind: 'text', of: ({ name }) => name },
  {
    name: 'network',
    kind: 'text',
    of: ({ network, is_certain }) => network && (is_certain ? `${network} ✔` : network),
  },
  { name: 'stock', kind: 'count', of: ({ bucket }) => bucket },
  { name: 'id', kind: 'id', of: ({ id }) => id },
];

/** Defines `lookup`: whose network a number is in, and which offers fit. */
export function defineLookup(program: Command, cli: Cli): void {
  const { t } = cli;
  const lookup = program
    .command('lookup')
    .description(t.lookup.about)
    .argument('<number>', t.lookup.number)
    .action(
      cli.run(async (session, number: string) => {
        const { out } = session;
        const found = await session.client().opentopup.lookup(number, session);
        out.record(found, LOOKUP_FIELDS);
        if (!out.isJson) await out.list(found.offers, FITTING_COLUMNS);
      }),
    );
  withExamples(lookup, cli, 'opentopup lookup +33684587587');
}
