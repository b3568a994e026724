import { type Reason, type Refusal, type RefusalDetails, refuse, ruleOf } from '@opentopup/contract';

/**
 * Carries a refusal from where http finds it to the one place that answers it. Where that was tells nobody anything, and to note
 * it takes longer than to answer: it has no stack.
 */
export class RefusalError extends Error {
  readonly refusal: Refusal;

  constructor(refusal: Refusal) {
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = 0;
    super(ruleOf(refusal.reason).describe(refusal.details));
    Error.stackTraceLimit = stackTraceLimit;
    this.refusal = refusal;
  }
}
RefusalError.prototype.name = 'RefusalError';

/** Returns what a request came to; ends the request where it was refused. */
export function orFail<T extends object>(result: T | Refusal): T {
  if ('reason' in result) throw new RefusalError(result);
  return result;
}

/** Ends the request with a refusal. */
export function fail(reason: Reason, details: RefusalDetails = {}): never {
  throw new RefusalError(refuse(reason, details));
}
