import type { Connection } from './connection.ts';
import { Histogram } from './histogram.ts';
import type { LoadPace, LoadRun } from './pace.ts';

/** The finest that a timer knows. A thread that woke it up twice as often cost a tenth of a core. */
const TICK_MS = 1;

interface Request {
  /** When it was to be sent, by `performance.now()`. */
  due: number;
  /** Whether it belongs to what is measured. */
  counts: boolean;
}

/**
 * Requests are due at a steady rate, whether or not earlier ones were answered; where no connection is free, they wait
 * for one. Latency counts from when a request was due, so a server that stands still cannot hide it by not being asked.
 */
export function openLoop(run: LoadRun, rate: number): LoadPace {
  const underWay = new Map<Connection, Request>();
  const idle: Connection[] = [];
  const waiting: Request[] = [];
  const lateness = new Histogram();
  let beat: NodeJS.Timeout | undefined;

  const ask = (connection: Connection, request: Request): void => {
    if (request.counts) lateness.record(performance.now() - request.due);
    underWay.set(connection, request);
    run.ask(connection);
  };

  let due = 0;
  const askWhatIsDue = (): void => {
    for (const now = Math.min(performance.now(), run.until); due < now; due += 1_000 / rate) {
      const request = { due, counts: due >= run.from };
      const connection = idle.pop();
      if (connection) ask(connection, request);
      else waiting.push(request);
    }
  };

  return {
    start(connections) {
      idle.push(...connections);
      due = performance.now();
      beat = setInterval(askWhatIsDue, TICK_MS);
    },
    onAnswer(connection) {
      const { due: wasDue, counts } = underWay.get(connection) as Request;
      if (counts) run.latencies.record(performance.now() - wasDue);
      const next = waiting.shift();
      if (next) ask(connection, next);
      else idle.push(connection);
    },
    isEnough: () => true,
    stop() {
      clearInterval(beat);
      if (run.until < Number.POSITIVE_INFINITY) askWhatIsDue();
    },
    rate: (seconds) => run.latencies.total / seconds,
    late_p99_ms: () => lateness.quantile(0.99),
  };
}
