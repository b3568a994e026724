import { asOneLine } from '@opentopup/contract';
import type { Connector, Outcome, Recharge } from './connector.ts';

const LONGEST_TEXT = 500;

/**
 * Gives a supplier's words, fit to be stored and shown: whatever it sends, its outcome must never fail to be written.
 */
export function plainText<T>(value: T): T {
  if (typeof value === 'string') {
    return asOneLine(value.slice(0, LONGEST_TEXT)) as T;
  }
  if (Array.isArray(value)) return value.map(plainText<unknown>) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, plainText<unknown>(inner)])) as T;
}

/** A question that a supplier has not answered, or refused. Its message is told to the operator: nothing secret in it. */
export class SupplierFault extends Error {
  override readonly name = 'SupplierFault';
}

/** Tells of an exception what is known to be no secret. */
const causeOf = (error: unknown): string =>
  error instanceof SupplierFault
    ? error.message
    : `the connector failed: ${error instanceof Error ? error.name : 'exception'}`;

/** Recharges a line through its connector, with a deadline: see `askSupplier`. */
export async function callSupplier(
  connector: Connector,
  recharge: Recharge,
  deadline_ms: number,
  stopping: AbortSignal,
): Promise<Outcome> {
  if (stopping.aborted) {
    return { outcome: 'ko', reason: 'supplier_unavailable', message: 'never sent: the server is stopping' };
  }
  return askSupplier((signal) => connector.recharge(recharge, signal), deadline_ms, stopping);
}

/**
 * Asks a supplier with a deadline. Only the connector can say that nothing was delivered; an exception or no answer in
 * time proves nothing, so it is `unknown`.
 * @param stopping aborts when the process must end before the deadline
 */
export async function askSupplier<T>(
  ask: (signal: AbortSignal) => Promise<T>,
  deadline_ms: number,
  stopping: AbortSignal,
): Promise<T | Extract<Outcome, { outcome: 'unknown' }>> {
  const deadline = new AbortController();
  const unknown = (cause: string) => ({ outcome: 'unknown', cause }) as const;
  const call = async (): Promise<T> => ask(deadline.signal);
  const answer = call().catch((error: unknown) => unknown(causeOf(error)));
  const { promise: noAnswer, resolve: giveUp } = Promise.withResolvers<ReturnType<typeof unknown>>();
  const endWith = (cause: string): void => {
    giveUp(unknown(cause));
    deadline.abort();
  };
  const timer = setTimeout(() => endWith(`no answer within ${deadline_ms} ms`), deadline_ms);
  const onStopping = (): void => endWith('no answer before the server stopped');
  stopping.addEventListener('abort', onStopping);
  if (stopping.aborted) onStopping();
  try {
    return plainText(await Promise.race([answer, noAnswer]));
  } finally {
    clearTimeout(timer);
    stopping.removeEventListener('abort', onStopping);
  }
}
