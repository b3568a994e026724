import type { Connector, Outcome, Recharge } from './supplier.ts';

const LONGEST_TEXT = 500;

/** A supplier's words, fit to be stored and shown: whatever it sends, its outcome must never fail to be written. */
function plainText<T extends Outcome>(outcome: T): T {
  const clean = (value: unknown): unknown =>
    typeof value === 'string'
      ? value
          .slice(0, LONGEST_TEXT)
          .replaceAll(/\p{Cc}/gu, ' ')
          .toWellFormed()
      : value;
  return Object.fromEntries(Object.entries(outcome).map(([name, value]) => [name, clean(value)])) as T;
}

/**
 * Calls a supplier with a deadline. Only the connector can say that nothing was delivered; an exception or no answer in
 * time proves nothing, so it is `unknown`.
 * @param stopping aborts when the process must end before the deadline
 */
export async function callSupplier(
  connector: Connector,
  recharge: Recharge,
  deadline_ms: number,
  stopping: AbortSignal,
): Promise<Outcome> {
  if (stopping.aborted) {
    return { outcome: 'ko', reason: 'supplier_unavailable', message: 'never sent: the server is stopping' };
  }
  const deadline = new AbortController();
  const call = async (): Promise<Outcome> => connector.recharge(recharge, deadline.signal);
  const answer = call().catch((error: unknown): Outcome => {
    const name = error instanceof Error ? error.name : 'exception';
    return { outcome: 'unknown', cause: `the connector failed: ${name}` };
  });
  let endWith: (cause: string) => void = () => {};
  const noAnswer = new Promise<Outcome>((resolve) => {
    endWith = (cause) => {
      resolve({ outcome: 'unknown', cause });
      deadline.abort();
    };
  });
  const timer = setTimeout(() => endWith(`no answer within ${deadline_ms} ms`), deadline_ms);
  const onStopping = (): void => endWith('no answer before the server stopped');
  stopping.addEventListener('abort', onStopping);
  try {
    return plainText(await Promise.race([answer, noAnswer]));
  } finally {
    clearTimeout(timer);
    stopping.removeEventListener('abort', onStopping);
  }
}
