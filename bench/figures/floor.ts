import type { Bench } from '../bench.ts';
import type { Figure, Measured } from '../figure.ts';
import { ratiosOf } from '../ratio.ts';
import type { SideReading } from '../reading.ts';
import { callsOf } from '../sides/calls.ts';
import { startFloor } from '../sides/floor.ts';
import type { Side } from '../sides/side.ts';

/** Sales come from many callers at once; what only reads, from fewer. */
const SELLERS = 256;
const READERS = 64;
/** CPU time says enough in half of the time that a rate needs. */
const SHARE_OF_TIME = 0.5;

/** What each kind of call cost, round by round. */
type Rounds = Readonly<Record<string, SideReading[]>>;

/** Measures every kind of call once in each round, beside the bare server. */
async function measureRounds(bench: Bench): Promise<Rounds> {
  const floor = await bench.keep(startFloor());
  const calls = await callsOf(bench);
  const seconds = bench.options.seconds * SHARE_OF_TIME;
  const sell = (side: Side, keyEvery: number) =>
    bench.ask(side, { connections: SELLERS, ask: { order: side.hot, keyEvery } }, seconds);
  const kinds: Record<string, () => Promise<SideReading>> = {
    floor: () => sell(floor, 0),
    sale: () => sell(calls.ours, 0),
    keyed_sale: () => sell(calls.ours, 1),
  };
  for (const [name, ask] of Object.entries(calls.of)) {
    kinds[name] = () => bench.ask(calls.ours, { connections: READERS, ask, isSpread: true }, seconds);
  }
  const exhausted = kinds['too_many'];
  kinds['too_many'] = async () => {
    calls.ours.server.resume();
    await calls.exhaust();
    return exhausted?.() ?? {};
  };
  const rounds: Record<string, SideReading[]> = Object.fromEntries(Object.keys(kinds).map((name) => [name, []]));
  for (let round = 1; round <= bench.options.pairs; round += 1) {
    bench.say(`… vs_floor ${round}/${bench.options.pairs}`);
    for (const [name, measure] of Object.entries(kinds)) rounds[name]?.push(await measure());
  }
  return rounds;
}

const costOf = ({ server_us = 0, database_us = 0 }: SideReading): number => server_us + database_us;
const serverCostOf = ({ server_us = 0 }: SideReading): number => server_us;

interface Asked {
  what: string;
  /** The kinds of call; of several, the dearest counts. */
  calls: readonly string[];
  must: number;
  aim: number;
  cost?: typeof costOf;
}

function figure(name: string, { what, calls, must, aim, cost = costOf }: Asked): Figure {
  const measure = async (bench: Bench): Promise<Measured> => {
    const rounds = await bench.once('rounds', () => measureRounds(bench));
    const floors = rounds['floor'] ?? [];
    const sides = Object.fromEntries(calls.map((call) => [call, rounds[call] ?? []]));
    const dearest = floors.map((_, i) => Math.max(...calls.map((call) => cost(rounds[call]?.[i] ?? {}))));
    const values = ratiosOf(floors.map((floor, i) => [dearest[i] ?? 0, serverCostOf(floor)]));
    return { values, sides: { ...sides, floor: floors } };
  };
  return {
    name,
    what: `CPU of ${what}, vs. the bare server`,
    unit: 'x',
    better: 'lower',
    must,
    aim,
    quick: true,
    measure,
  };
}

export const FLOOR: readonly Figure[] = [
  figure('sale_vs_floor', { what: 'a sale without a key, 256 connections', calls: ['sale'], must: 4, aim: 3 }),
  figure('keyed_sale_vs_floor', {
    what: 'a sale with a key, 256 connections',
    calls: ['keyed_sale'],
    must: 4.4,
    aim: 3.3,
  }),
  figure('server_cpu_vs_floor', {
    what: 'a sale, with a key and without, of the server alone',
    calls: ['sale', 'keyed_sale'],
    must: 2.2,
    aim: 1.7,
    cost: serverCostOf,
  }),
  figure('replay_vs_floor', { what: 'an order repeated with its key', calls: ['replay'], must: 4, aim: 3 }),
  figure('refusal_vs_floor', {
    what: 'the dearest of four refusals',
    calls: ['bad_parameter', 'bucket_empty', 'unauthorized', 'too_many'],
    must: 2.5,
    aim: 1.6,
  }),
  figure('get_transaction_vs_floor', { what: 'one transaction', calls: ['get_transaction'], must: 6, aim: 4 }),
  figure('page_vs_floor', { what: 'a page of 100 transactions', calls: ['page'], must: 45, aim: 25 }),
  figure('get_offer_vs_floor', { what: 'one offer', calls: ['get_offer'], must: 6, aim: 4 }),
  figure('offers_vs_floor', { what: 'two offers', calls: ['offers'], must: 6, aim: 4 }),
  figure('stock_vs_floor', { what: 'two stocks', calls: ['stock'], must: 6, aim: 4 }),
  figure('count_vs_floor', { what: 'the count of 100,000 transactions', calls: ['count'], must: 6, aim: 4 }),
  figure('events_vs_floor', { what: 'a page of 100 events', calls: ['events'], must: 45, aim: 25 }),
  figure('overview_vs_floor', {
    what: 'the overview of 12 months with 100,000 sales',
    calls: ['overview'],
    must: 100,
    aim: 40,
  }),
];
