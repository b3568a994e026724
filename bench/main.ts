import { writeFileSync } from 'node:fs';
import type { Bench } from './bench.ts';
import { type Figure, Skipped } from './figure.ts';
import { FIGURES } from './figures/all.ts';
import type { Options } from './options.ts';
import { type FigureOutcome, jsonReport, tables } from './report.ts';
import { withBench } from './with-bench.ts';

/** Gives the figures of a run; null where one is asked for that there is not. */
function chosen({ figures, quick }: Options): readonly Figure[] | null {
  if (figures.length === 0) return FIGURES.filter((figure) => figure.quick || !quick);
  const found = figures.map((name) => FIGURES.find((figure) => figure.name === name));
  return found.every((figure) => figure !== undefined) ? found : null;
}

/** Measures one figure. One that fails leaves those measured before as they are. */
async function outcomeOf(bench: Bench, figure: Figure): Promise<FigureOutcome> {
  try {
    return { figure, measured: await figure.measure(bench) };
  } catch (error) {
    if (error instanceof Skipped) return { figure, skipped: error.message };
    if (bench.stopping.aborted) throw error;
    const failed = error instanceof Error ? error.message : String(error);
    bench.say(`!!! ${figure.name} FAILED: ${failed}`);
    return { figure, failed };
  }
}

await withBench(async (bench, machine, options) => {
  const figures = chosen(options);
  if (!figures) {
    bench.say(`These are the figures: ${FIGURES.map(({ name }) => name).join(', ')}`);
    return 2;
  }
  const { cpu, cores, memory_gb, system, node, flush_ms, load } = machine;
  bench.say(`${cpu}, ${cores} cores, ${memory_gb} GB, ${system}, Node.js ${node}, a flush takes ${flush_ms} ms`);
  bench.say(`Load before the run: ${load.toFixed(2)}`);
  const outcomes: FigureOutcome[] = [];
  for (const figure of figures) outcomes.push(await outcomeOf(bench, figure));
  process.stdout.write(`\n${tables(outcomes)}`);
  if (options.json) writeFileSync(options.json, jsonReport(machine, outcomes));
  return outcomes.some((outcome) => 'failed' in outcome) ? 1 : 0;
});
