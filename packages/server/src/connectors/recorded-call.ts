/** One request to a supplier or from it, and what came back, as it was. Headers are no part of it: they hold secrets. */
export interface RecordedCall {
  at: Date;
  duration_ms: number;
  method: string;
  url: string;
  /** The body that was sent; null where there was none. */
  request: string | null;
  /** The status of the answer; null where none came. */
  status: number | null;
  /** The body of the answer; null where there is none, or it could not be read. */
  response: string | null;
  /** Why there is no whole answer. */
  failure: string | null;
}

/** Takes note of a call, for people who look later what was said. Costs its caller nothing, and never fails. */
export type RecordCall = (call: RecordedCall) => void;

/** Begins to take the time of a request; what is given back takes note of how it ended. */
export function timeCall(
  record: RecordCall | undefined,
  sent: Pick<RecordedCall, 'method' | 'url' | 'request'>,
): (end: Partial<Pick<RecordedCall, 'status' | 'response' | 'failure'>>) => void {
  if (!record) return () => {};
  const at = new Date();
  const begin = performance.now();
  return (end) => {
    const duration_ms = Math.round(performance.now() - begin);
    record({ ...sent, at, duration_ms, status: null, response: null, failure: null, ...end });
  };
}

/** Tells why a request failed, in the words of whoever knows best. */
export function errorText(error: unknown): string {
  if (!(error instanceof Error)) return 'it failed';
  return error.cause instanceof Error && error.cause.message !== '' ? error.cause.message : error.message;
}
