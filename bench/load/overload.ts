import { setTimeout as sleep } from 'node:timers/promises';
import type { Expected } from './answer-reader.ts';
import { type Connection, openConnection } from './connection.ts';
import { SOLD } from './generate.ts';
import { Histogram } from './histogram.ts';
import { createOrders, type Target } from './orders.ts';

/** More orders than a server can sell, for a time, and fewer than that before and after. */
export interface OverloadJob {
  port: number;
  target: Target;
  /** Orders a second that it can sell without effort, and that it cannot. */
  usual: number;
  most: number;
  overload_ms: number;
  /** Most orders that are under way at once; what is due while as many are is given up by its caller. */
  connections: number;
}

export interface OverloadResult {
  /** All that was sold, before and after too. */
  sold: number;
  /** Of what was due in the overload: orders a second that were sold, refused, and given up. */
  sold_rate: number;
  refused_rate: number;
  given_up_rate: number;
  sold_p50_ms: number;
  sold_p99_ms: number;
  refused_p50_ms: number;
  refused_p99_ms: number;
  longest_ms: number;
  /** How long after the overload an order was last refused, or sold later than usual. */
  recovered_ms: number;
  cpu_s: number;
}

const REFUSED: Expected = { status: 503, holds: '"over_capacity"' };
const USUAL_MS = 5_000;
/** An order that is sold within that is not noticed by who waits for it. */
const AT_ONCE_MS = 500;
const TICK_MS = 1;
const LONGEST_MS = 60_000;
const LOOK_EVERY_MS = 20;

/** Counts what became of orders: of those that were due in the overload, and how long after it any went badly. */
class Tally {
  from = Number.POSITIVE_INFINITY;
  until = Number.POSITIVE_INFINITY;
  sold = 0;
  givenUp = 0;
  #longest_ms = 0;
  #recovered_ms = 0;
  readonly #times = { sold: new Histogram(), refused: new Histogram() };

  note(due: number, isSold: boolean): void {
    const took_ms = performance.now() - due;
    if (isSold) this.sold += 1;
    if (due >= this.until) {
      if (!isSold || took_ms > AT_ONCE_MS) this.#recovered_ms = Math.max(this.#recovered_ms, due - this.until);
    } else if (due >= this.from) {
      this.#times[isSold ? 'sold' : 'refused'].record(took_ms);
      this.#longest_ms = Math.max(this.#longest_ms, took_ms);
    }
  }

  result(): Omit<OverloadResult, 'cpu_s'> {
    const { sold, refused } = this.#times;
    const seconds = (this.until - this.from) / 1_000;
    const at = (times: Histogram, share: number): number => (times.total > 0 ? times.quantile(share) : 0);
    return {
      sold: this.sold,
      sold_rate: sold.total / seconds,
      refused_rate: refused.total / seconds,
      given_up_rate: this.givenUp / seconds,
      sold_p50_ms: at(sold, 0.5),
      sold_p99_ms: at(sold, 0.99),
      refused_p50_ms: at(refused, 0.5),
      refused_p99_ms: at(refused, 0.99),
      longest_ms: this.#longest_ms,
      recovered_ms: this.#recovered_ms,
    };
  }
}

/** Sends orders at a steady rate whether or not earlier ones were answered: as usual, more than can be sold, and as usual. */
export async function overload(job: OverloadJob, onEdge: (edge: 'begin' | 'end') => void): Promise<OverloadResult> {
  let [ordered, opened] = [0, 0];
  const orders = createOrders(job.port, [job.target], 0, () => ordered++);
  const failed = Promise.withResolvers<never>();
  const tally = new Tally();
  const underWay = new Map<Connection, number>();
  const connections: Connection[] = [];
  const onAnswer = (connection: Connection, answer: Expected): void => {
    tally.note(underWay.get(connection) as number, answer === SOLD);
    underWay.delete(connection);
    idle.push(connection);
  };
  const idle: Connection[] = [];
  const send = (connection: Connection, due: number): void => {
    underWay.set(connection, due);
    connection.send(orders.write(connection.bytes));
  };
  // As callers do, who open one when they need it.
  const open = async (due: number): Promise<void> => {
    opened += 1;
    const to = { port: job.port };
    const connection = await openConnection(to, orders.size, [SOLD, REFUSED], onAnswer, failed.reject);
    connections.push(connection);
    send(connection, due);
  };

  let rate = job.usual;
  let due = performance.now();
  const beat = setInterval(() => {
    for (const now = performance.now(); due < now; due += 1_000 / rate) {
      const connection = idle.pop();
      if (connection) send(connection, due);
      else if (opened < job.connections) open(due).catch(failed.reject);
      else tally.givenUp += 1;
    }
  }, TICK_MS);
  const work = async (): Promise<OverloadResult> => {
    await sleep(USUAL_MS);
    const cpu = process.cpuUsage();
    onEdge('begin');
    [tally.from, rate] = [performance.now(), job.most];
    await sleep(job.overload_ms);
    [tally.until, rate] = [performance.now(), job.usual];
    onEdge('end');
    const { user, system } = process.cpuUsage(cpu);
    await sleep(USUAL_MS);
    clearInterval(beat);
    for (const until = performance.now() + LONGEST_MS; underWay.size > 0; await sleep(LOOK_EVERY_MS)) {
      if (performance.now() > until) throw new Error(`${underWay.size} orders have no answer`);
    }
    return { ...tally.result(), cpu_s: (user + system) / 1e6 };
  };
  try {
    return await Promise.race([work(), failed.promise]);
  } finally {
    clearInterval(beat);
    for (const connection of connections) connection.close();
  }
}
