import {
  BrokenCircuitError,
  type BulkheadPolicy,
  BulkheadRejectedError,
  bulkhead,
  type CircuitBreakerPolicy,
  CircuitState,
  circuitBreaker,
  handleWhenResult,
  SamplingBreaker,
} from 'cockatiel';
import type { Outcome } from './connector.ts';

/** Told when a supplier stops answering, and when it answers again. */
export interface HealthListener {
  down: (supplierId: string, cause: string) => void;
  up: (supplierId: string) => void;
}

/** How a supplier stands, as this process sees it. */
export interface SupplierHealth {
  supplier_id: string;
  circuit: 'closed' | 'half_open' | 'open';
  open_calls: number;
}

export interface Isolation {
  /**
   * Makes a call to a supplier unless that supplier is taken for down or has too many calls open: then it is not made
   * at all, which is proof that nothing was delivered.
   * @param maxConcurrent most calls of this supplier at once; what is under way keeps the number it began with
   */
  run: (supplierId: string, maxConcurrent: number, call: () => Promise<Outcome>) => Promise<Outcome>;
  /** Why a supplier that need not be called had better not be; null where nothing speaks against it. */
  obstacle: (supplierId: string, maxConcurrent: number) => 'supplier_down' | 'supplier_busy' | null;
  /** The suppliers that were called so far. */
  health: () => SupplierHealth[];
}

const CIRCUITS: Record<CircuitState, SupplierHealth['circuit']> = {
  [CircuitState.Closed]: 'closed',
  [CircuitState.HalfOpen]: 'half_open',
  [CircuitState.Open]: 'open',
  [CircuitState.Isolated]: 'open',
};

/** Half of the calls of this span have failed, of at least so many a second: the circuit opens. */
const BREAKER = { threshold: 0.5, duration: 30_000, minimumRps: 1 };
/** A supplier that is down is tried once after this long. */
const TRY_AGAIN_AFTER_MS = 5_000;
/** So many failures in a row, and the supplier is shown as down. */
const FAILURES_UNTIL_DOWN = 3;

interface Cell {
  breaker: CircuitBreakerPolicy;
  bulkhead: BulkheadPolicy;
  maxConcurrent: number;
  failures: number;
  /** When it was last called, on the clock of the process. */
  calledAt: number;
}

/** Tells why a call counts against its supplier; null where the supplier answered, whatever it said. */
export function failureCause(outcome: Outcome): string | null {
  if (outcome.outcome === 'unknown') return outcome.is_accepted ? null : outcome.cause;
  return outcome.outcome === 'ko' && outcome.reason === 'supplier_unavailable' ? outcome.message : null;
}

const neverSent = (why: string): Outcome => ({
  outcome: 'ko',
  reason: 'supplier_unavailable',
  message: `never sent: ${why}`,
});

/** Keeps one supplier's trouble from the others: each has its own circuit breaker and its own limit of open calls. */
export function createIsolation(listener: HealthListener): Isolation {
  const cells = new Map<string, Cell>();

  function cellOf(supplierId: string, maxConcurrent: number): Cell {
    const known = cells.get(supplierId);
    if (known?.maxConcurrent === maxConcurrent) return known;
    const cell: Cell = {
      breaker: circuitBreaker(
        handleWhenResult((outcome) => failureCause(outcome as Outcome) !== null),
        { halfOpenAfter: TRY_AGAIN_AFTER_MS, breaker: new SamplingBreaker(BREAKER) },
      ),
      failures: 0,
      calledAt: 0,
      ...known,
      bulkhead: bulkhead(maxConcurrent),
      maxConcurrent,
    };
    cells.set(supplierId, cell);
    return cell;
  }

  function note(supplierId: string, cell: Cell, outcome: Outcome): void {
    const cause = failureCause(outcome);
    if (cause !== null) {
      cell.failures += 1;
      if (cell.failures === FAILURES_UNTIL_DOWN) listener.down(supplierId, cause);
      return;
    }
    if (cell.failures >= FAILURES_UNTIL_DOWN) listener.up(supplierId);
    cell.failures = 0;
  }

  return {
    obstacle(supplierId, maxConcurrent) {
      const { breaker, bulkhead: calls, failures, calledAt } = cellOf(supplierId, maxConcurrent);
      const isDown = failures >= FAILURES_UNTIL_DOWN || breaker.state === CircuitState.Open;
      const isTried = breaker.state === CircuitState.HalfOpen;
      if (isTried || (isDown && performance.now() - calledAt < TRY_AGAIN_AFTER_MS)) return 'supplier_down';
      return calls.executionSlots === 0 ? 'supplier_busy' : null;
    },
    health: () =>
      [...cells].map(([supplier_id, { breaker, bulkhead: calls, maxConcurrent }]) => ({
        supplier_id,
        circuit: CIRCUITS[breaker.state],
        open_calls: maxConcurrent - calls.executionSlots,
      })),
    async run(supplierId, maxConcurrent, call) {
      const cell = cellOf(supplierId, maxConcurrent);
      cell.calledAt = performance.now();
      try {
        const outcome = await cell.bulkhead.execute(() => cell.breaker.execute(call));
        note(supplierId, cell, outcome);
        return outcome;
      } catch (error) {
        if (error instanceof BrokenCircuitError) return neverSent('the supplier is taken for down');
        if (error instanceof BulkheadRejectedError) return neverSent('too many calls of the supplier are open');
        throw error;
      }
    },
  };
}
