import type { Bench } from '../bench.ts';
import { readCpu } from '../cpu.ts';
import type { Figure, Measured } from '../figure.ts';
import { startOurs } from '../sides/ours.ts';

/** Measures what a start costs on a database that exists, up to the first answer. */
async function measure(bench: Bench): Promise<Measured> {
  const world = await bench.ourWorld();
  const values: number[] = [];
  for (let i = 0; i < bench.options.pairs; i += 1) {
    bench.say(`… start_cpu ${i + 1}/${bench.options.pairs}`);
    const { server } = await startOurs('ours', world);
    values.push(readCpu().of(server.pid));
    await server.stop();
  }
  return { values, sides: {} };
}

export const START: Figure = {
  name: 'start_cpu',
  what: 'seconds of CPU of the server from its start to its first answers, on a database that exists',
  unit: 's',
  better: 'lower',
  must: 2,
  aim: 1,
  quick: true,
  measure,
};
