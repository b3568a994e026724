import type { Bench } from '../bench.ts';
import { residentMb } from '../cpu.ts';
import type { Figure, Measured } from '../figure.ts';
import type { OverloadResult } from '../load/overload.ts';
import { median } from '../ratio.ts';
import { proveBooks } from '../sides/books.ts';
import { startOurs } from '../sides/ours.ts';

const CONNECTIONS = 256;
/** Callers that wait at the same time: more than a server lets wait. */
const CALLERS = 12_000;
const TIMES = 3;
const USUAL_SHARE = 0.3;
const OVERLOAD_S = 60;
const LOOK_EVERY_MS = 1_000;
const SOME_LOOKS = 10;

interface Watched extends OverloadResult {
  highest: number;
  looks: number[];
}

/** Sends a server of its own three times the most that it can sell, for a minute, and looks that its books are exact. */
async function watch(bench: Bench): Promise<Watched> {
  const side = await bench.keep(startOurs('ours', await bench.ourWorld()));
  const [target] = side.hot;
  if (!target || !side.postgres) throw new Error('our side sells nothing');
  const { rate: highest = 0 } = await bench.sell(side, 'hot', CONNECTIONS);
  await side.postgres.reuseLog();
  const before = await proveBooks(side, target);
  const [most, usual] = [highest * TIMES, highest * USUAL_SHARE];
  bench.say(`… ${Math.round(most)} orders a second for ${OVERLOAD_S} s, where ${Math.round(highest)} is the most`);
  side.server.resume();
  const looks: number[] = [];
  let timer: NodeJS.Timeout | undefined;
  const job = { port: side.server.port, target, usual, most, overload_ms: OVERLOAD_S * 1_000, connections: CALLERS };
  const result = await bench.load.run(job, (edge) => {
    if (edge === 'begin') timer = setInterval(() => looks.push(residentMb(side.server.pid)), LOOK_EVERY_MS);
    else clearInterval(timer);
  });
  const after = await proveBooks(side, target);
  if (after - before !== result.sold) {
    throw new Error(`${result.sold} orders were answered as sold, but ${after - before} are in the books`);
  }
  const { refused_rate, given_up_rate, sold_rate, longest_ms, recovered_ms } = result;
  const told = { sold_rate, refused_rate, given_up_rate, longest_ms, recovered_ms, memory_mb: looks.at(-1) ?? 0 };
  bench.say(
    Object.entries(told)
      .map(([name, value]) => `${name} ${Math.round(value)}`)
      .join(', '),
  );
  await side.server.stop();
  return { ...result, highest, looks };
}

const watched = (bench: Bench): Promise<Watched> => bench.once('overload', () => watch(bench));

function figure(
  name: string,
  what: string,
  marks: Pick<Figure, 'unit' | 'better' | 'must' | 'aim'>,
  read: (of: Watched) => number,
): Figure {
  const measure = async (bench: Bench): Promise<Measured> => {
    const of = await watched(bench);
    const { sold_rate: rate, sold_p50_ms: p50_ms, sold_p99_ms: p99_ms, looks, cpu_s } = of;
    const sold = { rate, p50_ms, p99_ms, generator_share: cpu_s / OVERLOAD_S, memory_mb: Math.max(...looks) };
    const refused = { rate: of.refused_rate, p50_ms: of.refused_p50_ms, p99_ms: of.refused_p99_ms };
    return { values: [read(of)], sides: { sold: [sold], refused: [refused] } };
  };
  return { name, what, ...marks, quick: false, measure };
}

const OVER = 'three times the most it can sell, sent without waiting, for a minute';

export const OVERLOAD: readonly Figure[] = [
  figure(
    'overload_sold',
    `top-ups/s at ${OVER}, vs. the most`,
    { unit: 'x', better: 'higher', must: 0.5, aim: 0.9 },
    ({ sold_rate, highest }) => sold_rate / highest,
  ),
  figure(
    'overload_answer_ms',
    'the longest that any answer took meanwhile, sold or refused with 503',
    { unit: 'ms', better: 'lower', must: 5_000, aim: 1_500 },
    ({ longest_ms }) => longest_ms,
  ),
  figure(
    'overload_recovery_ms',
    'how long after it orders were still refused, or sold in more than half a second',
    { unit: 'ms', better: 'lower', must: 1_000, aim: 500 },
    ({ recovered_ms }) => recovered_ms,
  ),
  figure(
    'overload_memory',
    'memory of the server in the last 10 seconds of it vs. from the 10th second to the 20th',
    { unit: 'x', better: 'lower', must: 1.1, aim: 1.02 },
    ({ looks }) => median(looks.slice(-SOME_LOOKS)) / median(looks.slice(SOME_LOOKS, 2 * SOME_LOOKS)),
  ),
];
