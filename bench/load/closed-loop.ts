import type { Connection } from './connection.ts';
import type { LoadPace, LoadRun } from './pace.ts';

/** Answers of a connection between which its rate is taken. */
const LEAST_ANSWERS = 3;

interface Answers {
  count: number;
  first: number;
  last: number;
}

/**
 * Sends the next request of a connection after each of its answers. The rate is the sum of the connections'
 * own, each from its first answer to its last: a server that works through its queue in waves has long pauses between
 * many answers, and how many waves fall into a window would be chance.
 */
export function closedLoop(run: LoadRun): LoadPace {
  const sent = new Map<Connection, number>();
  const answers = new Map<Connection, Answers>();
  const ask = (connection: Connection, now: number): void => {
    sent.set(connection, now);
    run.ask(connection);
  };

  return {
    start(connections) {
      for (const connection of connections) {
        answers.set(connection, { count: 0, first: 0, last: 0 });
        ask(connection, performance.now());
      }
    },
    onAnswer(connection) {
      const now = performance.now();
      if (now >= run.from && now < run.until) {
        run.latencies.record(now - (sent.get(connection) as number));
        const of = answers.get(connection) as Answers;
        if (of.count === 0) of.first = now;
        of.last = now;
        of.count += 1;
      }
      if (now < run.until) ask(connection, now);
    },
    isEnough: () => [...answers.values()].every(({ count }) => count >= LEAST_ANSWERS),
    stop: () => {},
    rate: () =>
      [...answers.values()].reduce((sum, { count, first, last }) => sum + (count - 1) / ((last - first) / 1_000), 0),
    late_p99_ms: () => 0,
  };
}
