import { availableParallelism } from 'node:os';
import { type CpuReading, readCpu } from './cpu.ts';
import type { LoadJob } from './load/generate.ts';
import type { Load } from './load/load.ts';
import type { Options } from './options.ts';
import type { SideReading } from './reading.ts';
import { planShops } from './sides/catalogue.ts';
import { makeOurWorld, type OurWorld, startEmbedded, startMemory, startOurs } from './sides/ours.ts';
import { makePlainWorld, type PlainWorld, startPlain } from './sides/plain.ts';
import type { Side } from './sides/side.ts';

const WARMUP_MS = 500;
const FIRST_WARMUP_MS = 3_000;

/** What the figures share: the load, and the sides that several of them measure. */
export class Bench {
  readonly options: Options;
  readonly load: Load;
  /** Aborts when the run is given up. */
  readonly stopping: AbortSignal;
  readonly #ends: AsyncDisposableStack;
  readonly #made = new Map<string, Promise<unknown>>();
  readonly #warm = new WeakSet<Side>();

  /** @param ends what is to be stopped and removed at the end, in whatever way it comes */
  constructor(options: Options, load: Load, stopping: AbortSignal, ends: AsyncDisposableStack) {
    this.options = options;
    this.load = load;
    this.stopping = stopping;
    this.#ends = ends;
  }

  say(text: string): void {
    process.stderr.write(`${text}\n`);
  }

  /** Stops and removes something at the end. */
  atEnd(end: () => Promise<void> | void): void {
    this.#ends.defer(end);
  }

  /** Made when it is first needed, and kept. */
  once<T>(name: string, make: () => Promise<T>): Promise<T> {
    const known = this.#made.get(name) ?? make();
    this.#made.set(name, known);
    return known as Promise<T>;
  }

  /** A side whose server is stopped at the end, and paused while it is not asked. */
  async keep(side: Promise<Side>): Promise<Side> {
    const { server } = await side;
    this.atEnd(() => server.stop());
    server.pause();
    return side;
  }

  ourWorld(): Promise<OurWorld> {
    return this.once('our world', async () => {
      this.say('… our database');
      const world = await makeOurWorld(planShops(this.options.distributors));
      this.atEnd(() => world.postgres.stop());
      return world;
    });
  }

  plainWorld(): Promise<PlainWorld> {
    return this.once('plain world', async () => {
      this.say('… the plain database');
      const world = await makePlainWorld(planShops(this.options.distributors));
      this.atEnd(() => world.postgres.stop());
      return world;
    });
  }

  /** @param latency_ms how long the supplier takes */
  ours(latency_ms = 0): Promise<Side> {
    const { profile } = this.options;
    const nodeArgs = profile ? ['--cpu-prof', `--cpu-prof-dir=${profile}`] : [];
    return this.once(`ours ${latency_ms}`, async () =>
      this.keep(startOurs('ours', await this.ourWorld(), { latency_ms, nodeArgs })),
    );
  }

  plain(latency_ms = 0): Promise<Side> {
    return this.once(`plain ${latency_ms}`, async () => this.keep(startPlain(await this.plainWorld(), latency_ms)));
  }

  embedded(): Promise<Side> {
    return this.once('embedded', () => this.keep(startEmbedded(planShops(1))));
  }

  memory(): Promise<Side> {
    return this.once('memory', async () => this.keep(startMemory(await this.ourWorld())));
  }

  /** Asks a side for the time of one measurement. */
  async ask(
    side: Side,
    job: Omit<LoadJob, 'port' | 'warmup_ms' | 'measure_ms'>,
    seconds?: number,
  ): Promise<SideReading> {
    const warmup_ms = this.#warm.has(side) ? WARMUP_MS : FIRST_WARMUP_MS;
    const measure_ms = (seconds ?? this.options.seconds) * 1_000;
    let before: CpuReading | undefined;
    let after: CpuReading | undefined;
    side.server.resume();
    const result = await this.load.run({ ...job, port: side.server.port, warmup_ms, measure_ms }, (edge) => {
      if (edge === 'begin') before = readCpu();
      else after = readCpu();
    });
    side.server.pause();
    this.#warm.add(side);

    const used = (pid: number): number => (after?.of(pid) ?? 0) - (before?.of(pid) ?? 0);
    // All processes of the bench are below it.
    const others = (after?.machine ?? 0) - (before?.machine ?? 0) - used(process.pid);
    const { rate, seconds: took_s } = result;
    const each_us = (pid: number): number => (used(pid) / (rate * took_s)) * 1e6;
    return {
      rate,
      p50_ms: result.p50_ms,
      p99_ms: result.p99_ms,
      server_us: each_us(side.server.pid),
      ...(side.postgres && { database_us: each_us(side.postgres.pid) }),
      generator_share: result.cpu_s / took_s,
      others_share: Math.max(0, others) / took_s / availableParallelism(),
      ...(job.rate !== undefined && { late_p99_ms: result.late_p99_ms }),
    };
  }

  /** Orders of one unit each, without a pause. */
  sell(side: Side, where: 'hot' | 'wide', connections: number): Promise<SideReading> {
    return this.ask(side, { connections, ask: { order: side[where], keyEvery: this.options.keys } });
  }

  /** Measures two sides in turn, so that both meet the same moods of the machine; who begins changes each time. */
  async inTurn<A, B>(name: string, a: () => Promise<A>, b: () => Promise<B>): Promise<[A, B][]> {
    const pairs: [A, B][] = [];
    for (let pair = 0; pair < this.options.pairs; pair += 1) {
      this.say(`… ${name} ${pair + 1}/${this.options.pairs}`);
      if (pair % 2 === 0) {
        const first = await a();
        pairs.push([first, await b()]);
      } else {
        const second = await b();
        pairs.push([await a(), second]);
      }
    }
    return pairs;
  }
}
