import type { Bench } from '../bench.ts';
import type { Figure, Measured } from '../figure.ts';
import { readRequest } from '../load/orders.ts';
import type { SideReading } from '../reading.ts';
import type { Side } from '../sides/side.ts';
import { asked, exported, proved } from './long-reads.ts';

/** As many as sell in a shop that is busy, and no engine's most: whoever is held up would show nothing else. */
const SALES_A_SECOND = 200;
const SELLERS = 64;
const LOOKS_A_SECOND = 100;
const LOOKERS = 8;
const DAYS_OF_A_YEAR = 365;

type Read = (side: Side, token: string, signal: AbortSignal) => Promise<unknown>;

const readOverview: Read = async (side, token, signal) => {
  const yearAgo = new Date(Date.now() - DAYS_OF_A_YEAR * 86_400_000).toISOString().slice(0, 10);
  await (await asked(side, `/v1/overview?from=${yearAgo}&step=day`, token, undefined, signal)).json();
};
const proveLedger: Read = (side, _token, signal) => proved(side, signal);

/** Does some work while all of these are read, each by one caller, again and again. */
async function beside<T>(side: Side, reads: readonly Read[], work: () => Promise<T>): Promise<T> {
  const ended = new AbortController();
  const { signal } = ended;
  const token = side.hot[0]?.token ?? '';
  side.server.resume();
  const readers = reads.map(async (read) => {
    while (!signal.aborted) {
      await read(side, token, signal).catch((error: unknown) => {
        if (!signal.aborted) throw error;
      });
    }
  });
  try {
    return await Promise.race([
      work(),
      Promise.all(readers).then(() => Promise.reject(new Error('reading has ended'))),
    ]);
  } finally {
    ended.abort();
    await Promise.allSettled(readers);
  }
}

const sales = (bench: Bench, side: Side): Promise<SideReading> => {
  const ask = { order: side.hot, keyEvery: 1 };
  return bench.ask(side, { connections: SELLERS, rate: SALES_A_SECOND, ask });
};

/** Compares how long sales take while much is read, and while nothing is. */
async function salesBeside(bench: Bench, name: string, side: Side): Promise<Measured> {
  // There is something to read then, also where nothing else was measured.
  await bench.sell(side, 'hot', SELLERS);
  const pairs = await bench.inTurn(
    name,
    () => beside(side, [readOverview, exported, proveLedger], () => sales(bench, side)),
    () => sales(bench, side),
  );
  return {
    values: pairs.map(([reading, alone]) => (reading.p99_ms ?? 0) / (alone.p99_ms ?? 1)),
    sides: { 'while reading': pairs.map(([reading]) => reading), alone: pairs.map(([, alone]) => alone) },
  };
}

/** Measures how long the embedded engine's server takes to say that it lives, while much is read. */
async function liveBeside(bench: Bench): Promise<Measured> {
  const side = await bench.embedded();
  await bench.sell(side, 'hot', SELLERS);
  const ask = { requests: [readRequest(side.server.port, '', '/live')], status: 200, holds: '' };
  const readings: SideReading[] = [];
  for (let i = 0; i < bench.options.pairs; i += 1) {
    bench.say(`… embedded_live_p99 ${i + 1}/${bench.options.pairs}`);
    const look = () => bench.ask(side, { connections: LOOKERS, rate: LOOKS_A_SECOND, ask });
    readings.push(await beside(side, [readOverview, exported], look));
  }
  return { values: readings.map(({ p99_ms = 0 }) => p99_ms), sides: { live: readings } };
}

const MEANWHILE = 'while an overview of 12 months, an export and the proof of the ledger run, vs. while nothing does';

/** What long reads cost those who wait for something short. */
export const BESIDE_READS: readonly Figure[] = [
  {
    name: 'sales_beside_reads',
    what: `p99 of ${SALES_A_SECOND} sales a second ${MEANWHILE}`,
    unit: 'x',
    better: 'lower',
    must: 2,
    aim: 1.2,
    quick: false,
    measure: async (bench) => salesBeside(bench, 'sales_beside_reads', await bench.ours()),
  },
  {
    name: 'embedded_sales_beside_reads',
    what: 'the same in the embedded database',
    unit: 'x',
    better: 'lower',
    must: 2,
    aim: 1.2,
    quick: false,
    measure: async (bench) => salesBeside(bench, 'embedded_sales_beside_reads', await bench.embedded()),
  },
  {
    name: 'embedded_live_p99',
    what: 'p99 of `/live` on the embedded database while an overview of 12 months and an export run',
    unit: 'ms',
    better: 'lower',
    must: 50,
    aim: 20,
    quick: false,
    measure: liveBeside,
  },
];
