import { type Reason, type Refusal, type RefusalDetails, refuse, ruleOf } from '@opentopup/contract';

/** Carries a refusal from where http finds it to the one place that answers it. */
export class RefusalError extends Error {
  override readonly name = 'RefusalError';
  readonly refusal: Refusal;

  constructor(refusal: Refusal) {
    super(ruleOf(refusal.reason).describe(refusal.details));
    this.refusal = refusal;
  }
}

/** Returns what a request came to; ends the request where it was refused. */
export function orFail<T extends object>(result: T | Refusal): T {
  if ('reason' in result) throw new RefusalError(result);
  return result;
}

/** Ends the request with a refusal. */
export function fail(reason: Reason, details: RefusalDetails = {}): never {
  throw new RefusalError(refuse(reason, details));
}
