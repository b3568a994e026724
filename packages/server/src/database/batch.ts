import { sqlState } from './database.ts';

/**
 * The queue is full: nothing was started for this request. To note where that was would take longer than to refuse it, just when
 * there is no time: it has no stack.
 */
export class OverCapacity extends Error {
  constructor(message?: string) {
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = 0;
    super(message);
    Error.stackTraceLimit = stackTraceLimit;
  }
}
OverCapacity.prototype.name = 'OverCapacity';

export interface BatchOptions<In, Out> {
  /** Serves many requests in one round trip; one answer for each, in their order. All of it happens, or none. */
  run: (items: In[]) => Promise<Out[]>;
  /** Most requests in one round trip. */
  maxSize: number;
  /** Most round trips at the same time. */
  maxInFlight: number;
  /** So many have to be waiting for a round trip beside one that is under way: few cost about as much as many. */
  leastBeside: number;
  /** So many make a round trip worth what it costs by itself. */
  worthwhile: number;
  /**
   * While requests come in company, fewer than are worthwhile wait for more until so long after the last round trip
   * began, in milliseconds. Who comes alone never waits.
   */
  gather_ms: number;
  /** Most requests waiting; one more is refused. */
  maxQueued: number;
  /** Longest time that a request may have waited when its round trip begins, in milliseconds; else it is refused. */
  maxWait_ms: number;
}

interface Waiting<In, Out> {
  item: In;
  since_ms: number;
  resolve: (out: Out) => void;
  reject: (error: unknown) => void;
}

/** The database refused the values of some request (SQLSTATE classes 22 and 23), and so undid the whole batch. */
function refusedValues(error: unknown): boolean {
  return /^2[23]/.test(sqlState(error) ?? '');
}

/**
 * Group commit: while one batch is under way the next gathers, and some milliseconds longer where it would be small, so
 * a busy database is asked rarely and for much, and an idle one at once. A request whose values spoil its batch fails alone.
 * @returns what serves one request; it throws OverCapacity, or what `run` throws
 */
export function batched<In, Out>(options: BatchOptions<In, Out>): (item: In) => Promise<Out> {
  const queue: Waiting<In, Out>[] = [];
  /** The lengths of the queue at which a round trip may begin. */
  const turns = [1, options.worthwhile, options.leastBeside];
  let inFlight = 0;
  let last = { size: 0, begun_ms: 0 };
  let gathering: NodeJS.Timeout | undefined;

  async function serve(batch: Waiting<In, Out>[]): Promise<void> {
    try {
      const answers = await options.run(batch.map(({ item }) => item));
      for (const [i, { resolve }] of batch.entries()) resolve(answers[i] as Out);
    } catch (error) {
      if (batch.length > 1 && refusedValues(error)) {
        for (const one of batch) {
          await serve([one]);
        }
        return;
      }
      for (const { reject } of batch) reject(error);
    }
  }

  function isInTime({ since_ms, reject }: Waiting<In, Out>): boolean {
    if (performance.now() - since_ms <= options.maxWait_ms) return true;
    reject(new OverCapacity('the request has waited too long for the database'));
    return false;
  }

  /** Tells how long those who wait should still wait for company, in milliseconds. */
  function patience_ms(): number {
    if (last.size <= 1 || queue.length >= options.worthwhile) return 0;
    return last.begun_ms + options.gather_ms - performance.now();
  }

  function next(): void {
    clearTimeout(gathering);
    while (inFlight < options.maxInFlight && queue.length >= (inFlight === 0 ? 1 : options.leastBeside)) {
      const wait_ms = patience_ms();
      if (wait_ms > 0) {
        gathering = setTimeout(next, wait_ms);
        return;
      }
      const batch = queue.splice(0, options.maxSize).filter(isInTime);
      if (batch.length === 0) continue;
      inFlight += 1;
      last = { size: batch.length, begun_ms: performance.now() };
      void serve(batch).finally(() => {
        inFlight -= 1;
        next();
      });
    }
  }

  return (item) =>
    new Promise<Out>((resolve, reject) => {
      if (queue.length >= options.maxQueued) {
        reject(new OverCapacity('too many requests are waiting for the database'));
        return;
      }
      queue.push({ item, since_ms: performance.now(), resolve, reject });
      // Requests of the same turn of the event loop share the first batch.
      if (turns.includes(queue.length)) queueMicrotask(next);
    });
}

/** The same with a queue for each group, so that no round trip serves two of them. */
export function batchedApart<In, Out>(
  groupOf: (item: In) => string,
  options: BatchOptions<In, Out>,
): (item: In) => Promise<Out> {
  const groups = new Map<string, (item: In) => Promise<Out>>();
  return (item) => {
    const name = groupOf(item);
    const group = groups.get(name) ?? batched(options);
    groups.set(name, group);
    return group(item);
  };
}
