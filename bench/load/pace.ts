import type { Connection } from './connection.ts';
import type { Histogram } from './histogram.ts';

/** The run as the paces see it. */
export interface LoadRun {
  /** Between these moments is measured, by `performance.now()`; infinite until they have come. */
  from: number;
  until: number;
  latencies: Histogram;
  /** Sends the next request on a connection. */
  ask: (connection: Connection) => void;
}

/** When requests are sent. */
export interface LoadPace {
  /** Begins, with connections that are open and idle. */
  start: (connections: readonly Connection[]) => void;
  /** Told of each answer. */
  onAnswer: (connection: Connection) => void;
  /** Whether what was measured so far says enough; until then the measured time goes on. */
  isEnough: () => boolean;
  /** After the end: no requests any more but those due before it. */
  stop: () => void;
  /** Requests a second, over the measured time. */
  rate: (seconds: number) => number;
  /** How much later than due requests were sent, at the 99th percentile. */
  late_p99_ms: () => number;
}
