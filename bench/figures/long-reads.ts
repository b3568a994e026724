import type { Bench } from '../bench.ts';
import { readCpu } from '../cpu.ts';
import type { Figure, Measured } from '../figure.ts';
import type { SideReading } from '../reading.ts';
import { callsOf } from '../sides/calls.ts';
import { OPERATOR_TOKEN } from '../sides/ours.ts';
import type { Side } from '../sides/side.ts';

const LINE_END = 10;

/** Measures how many are read in a second, by what reads them all and counts them. */
async function read(bench: Bench, name: string, side: Side, all: () => Promise<number>): Promise<Measured> {
  const readings: SideReading[] = [];
  side.server.resume();
  for (let i = 0; i < bench.options.pairs; i += 1) {
    bench.say(`… ${name} ${i + 1}/${bench.options.pairs}`);
    const [before, from] = [readCpu(), performance.now()];
    const count = await all();
    const [after, seconds] = [readCpu(), (performance.now() - from) / 1_000];
    const each_us = (pid: number): number => ((after.of(pid) - before.of(pid)) / count) * 1e6;
    const database_us = side.postgres ? { database_us: each_us(side.postgres.pid) } : {};
    readings.push({ rate: count / seconds, server_us: each_us(side.server.pid), ...database_us });
  }
  side.server.pause();
  return { values: readings.map(({ rate = 0 }) => rate), sides: { ours: readings } };
}

/**
 * Asks for an answer of any length, with what proves who asks.
 * @param signal aborts when it is not needed any more
 */
export async function asked(
  side: Side,
  path: string,
  token: string,
  accept = 'application/json',
  signal: AbortSignal | null = null,
): Promise<Response> {
  const headers = { authorization: `Bearer ${token}`, accept };
  const answer = await fetch(`http://127.0.0.1:${side.server.port}${path}`, { headers, signal });
  if (!answer.ok) throw new Error(`${path} was answered with ${answer.status}`);
  return answer;
}

/** Exports all that a distributor has sold, and counts the rows. */
export async function exported(side: Side, token: string, signal?: AbortSignal): Promise<number> {
  const { body } = await asked(side, '/distributors/transactions', token, 'text/csv', signal);
  let lines = 0;
  for await (const chunk of body ?? []) {
    for (let at = chunk.indexOf(LINE_END); at !== -1; at = chunk.indexOf(LINE_END, at + 1)) lines += 1;
  }
  return lines - 1;
}

/** Proves the ledger of all that the run has sold. */
export async function proved(side: Side, signal?: AbortSignal): Promise<number> {
  const answer = await asked(side, '/admin/v1/ledger/verification', OPERATOR_TOKEN, undefined, signal);
  const { verified, movements } = (await answer.json()) as { verified: boolean; movements: number };
  if (!verified) throw new Error('the ledger of the run does not prove');
  return movements;
}

const common = { unit: '/s', better: 'higher', quick: true } as const;

/** What one caller reads for long. */
export const LONG_READS: readonly Figure[] = [
  {
    name: 'csv_rows',
    what: 'rows a second of an export of 100,000 sales as CSV',
    ...common,
    must: 40_000,
    aim: 80_000,
    measure: async (bench) => {
      const { ours, token } = await callsOf(bench);
      return read(bench, 'csv_rows', ours, () => exported(ours, token));
    },
  },
  {
    name: 'proved_movements',
    what: 'movements a second of the proof of the ledger, of what the run has sold',
    ...common,
    must: 100_000,
    aim: 300_000,
    measure: async (bench) => {
      const ours = await bench.ours();
      // So that there is something to prove, also where nothing else was measured.
      await bench.sell(ours, 'hot', 256);
      return read(bench, 'proved_movements', ours, () => proved(ours));
    },
  },
];
