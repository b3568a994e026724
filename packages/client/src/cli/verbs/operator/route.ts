import type { OfferRoute, RouteCreation, RouteProduct, RouteStrategy } from '@opentopup/contract';
import { type Command, InvalidArgumentError } from 'commander';
import type { Cli } from '../../cli.ts';
import { Misuse } from '../../misuse.ts';
import type { Column } from '../../output/column.ts';
import type { CliSession } from '../../session.ts';
import { oneOf, whole, withExamples } from '../verb.ts';

const STRATEGIES = ['order', 'weight', 'cheapest'] as const satisfies readonly RouteStrategy[];

const COLUMNS: Column<RouteProduct>[] = [
  { name: 'supplier_name', kind: 'text', of: ({ supplier_name }) => supplier_name },
  { name: 'product_name', kind: 'text', of: ({ product_name }) => product_name },
  { name: 'cost', kind: 'money', of: ({ cost }) => cost, currency: ({ cost_currency }) => cost_currency ?? '' },
  { name: 'weight', kind: 'count', of: ({ weight }) => weight },
];
const ID: Column<RouteProduct> = { name: 'product_id', kind: 'id', of: ({ product_id }) => product_id };

/** Why a product is passed over; people are also told where nothing speaks against it. */
const obstacleIn = ({ out, t }: CliSession): Column<RouteProduct> => ({
  name: 'obstacle',
  kind: 'text',
  of: ({ obstacle = '' }) => (out.isTerminal ? (t.route.obstacles[obstacle] ?? obstacle) : obstacle),
});

interface RouteOptions {
  strategy?: RouteStrategy;
  sellBelowCost?: true;
  deadlineMs?: number;
  none?: true;
}

/** Defines `offer route`: which products may deliver an offer. */
export function defineRoute(offer: Command, cli: Cli): void {
  const { t } = cli;
  const route = offer
    .command('route')
    .description(t.route.about)
    .argument('<offer>', t.offer.id)
    .argument('[products...]', t.route.products)
    .addOption(oneOf('--strategy <name>', t.route.strategy, STRATEGIES))
    .option('--sell-below-cost', t.route.sellBelowCost)
    .option('--deadline-ms <n>', t.route.deadline, whole(cli, 1_000))
    .option('--none', t.route.none)
    .action(
      cli.run(async (session, id: string, products: string[], options: RouteOptions) => {
        const { offers } = session.operator();
        const says = Object.keys(options).length > 0;
        if ((options.none && products.length > 0) || (products.length === 0 && says && !options.none)) {
          throw new Misuse(t.route.productsNeeded);
        }
        const change = async (): Promise<OfferRoute> => {
          if (options.none) return offers.removeRoute(id, session);
          if (products.length === 0) return offers.route(id, session);
          return offers.setRoute(id, routeOf(products, options), session);
        };
        await session.out.list((await change()).products, [...COLUMNS, obstacleIn(session), ID]);
      }),
    );
  withExamples(
    route,
    cli,
    'opentopup offer route 01a20d0a-a88a-7427-b76b-a9142b9d9596',
    'opentopup offer route 01a20d0a-a88a-7427-b76b-a9142b9d9596 01a20d0a-a88b-7534-b9bb-6cb1c1462c97 01a20d0a-a88c-7101-8a4f-3c1d9c2b7a10 --strategy cheapest',
  );
}

function routeOf(products: readonly string[], options: RouteOptions): RouteCreation {
  const { strategy = 'order', sellBelowCost, deadlineMs } = options;
  return {
    strategy,
    products: products.map((written) => {
      const [, product_id, weight] = /^([^:]+)(?::(\d{1,4}))?$/.exec(written) ?? [];
      if (product_id === undefined) throw new InvalidArgumentError(written);
      return { product_id, ...(weight !== undefined && { weight: Number(weight) }) };
    }),
    ...(sellBelowCost && { sell_below_cost: true }),
    ...(deadlineMs !== undefined && { deadline_ms: deadlineMs }),
  };
}
